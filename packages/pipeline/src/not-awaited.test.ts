// oxlint-disable no-await-in-loop -- one run after the other, so that a failure shows its own
import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { Next, Step } from "./types.ts";

type Drop = (next: Next<string>) => string | Promise<string>;

/** How a step can let go of `next()` and answer all the same. */
const drops: Record<string, Drop> = {
  "answers at once": (next) => {
    void next();
    return "answer";
  },
  "is async and does not await": async (next) => {
    void next();
    return "answer";
  },
  "awaits something else afterwards": async (next) => {
    void next();
    await ticks(3);
    return "answer";
  },
  "awaits something else before": async (next) => {
    await ticks(3);
    void next();
    return "answer";
  },
};

const pass: Step<object, string> = (_, next) => next();
const wait: Step<object, string> = async (_, next) => `${await next()}`;
const again: Step<object, string> = { name: "again", repeatable: true, run: async (_, next) => next() };
const culprit = (drop: Drop): Step<object, string> => ({
  name: "culprit",
  hook: "middleware",
  run: (_, next) => drop(next),
});

const POSITIONS = Array.from({ length: 25 }, (_, index) => index + 1);
const BLAME = { code: "NEXT_NOT_AWAITED", involved: ["culprit"] };

type Listener = (reason: unknown) => void;

declare const process: {
  listeners(event: "unhandledRejection"): Listener[];
  removeAllListeners(event: "unhandledRejection"): void;
  on(event: "unhandledRejection", listener: Listener): void;
};
declare const setImmediate: (callback: () => void) => void;

const never = () => new Promise<string>(() => {});

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await undefined;
}

/** 25 steps: `step` at `position`, and the others by turns. */
const around = (position: number, step: Step<object, string>, ...others: Step<object, string>[]) =>
  POSITIONS.map((other) => (other === position ? step : others[other % others.length]!));

describe("a chain that resolves while its core is running", () => {
  for (const [how, drop] of Object.entries(drops)) {
    it.each(POSITIONS)(`rejects and names the step at position %i that ${how}`, async (position) => {
      for (const neighbours of [[wait], [pass], [wait, pass], [pass, wait], [again]]) {
        const run = compose(around(position, culprit(drop), ...neighbours));
        await expect(run({}, never)).rejects.toMatchObject(BLAME);
      }
    });
  }

  it("names the hook too, and a step without a name by its position", async () => {
    const drop = drops["answers at once"]!;
    await expect(compose([wait, culprit(drop)])({}, never)).rejects.toThrow(/culprit.*middleware/);
    const run = compose<object, string>([wait, wait, (_, next) => drop(next)]);
    await expect(run({}, never)).rejects.toThrow(/\b3\b/);
  });

  it("blames the step, not the ones inside it, when the core starts only later", async () => {
    const run = compose<object, string>([
      wait,
      culprit(drops["awaits something else afterwards"]!),
      async (_, next) => {
        await ticks(1);
        return next();
      },
      wait,
    ]);
    await expect(run({}, never)).rejects.toMatchObject(BLAME);
  });

  it("blames a step of a nested chain by its name there", async () => {
    const nested = compose([wait, culprit(drops["answers at once"]!), wait]);
    await expect(compose([wait, nested, wait])({}, never)).rejects.toMatchObject(BLAME);
  });

  it("does so although the core fails later, which raises nothing more", async () => {
    const failures: (() => void)[] = [];
    const core = () => new Promise<string>((_, reject) => failures.push(() => reject(new Error("too late"))));
    const runs = [wait, pass, again].flatMap((inner) =>
      Object.values(drops).map((drop) => compose([wait, culprit(drop), inner])({}, core)),
    );
    for (const run of runs) await expect(run).rejects.toMatchObject(BLAME);
    expect(failures).toHaveLength(runs.length);
    for (const fail of failures) fail();
  });
});

describe("with repeatable steps", () => {
  it.each(POSITIONS.slice(1))(
    "an attempt that dropped the core is found at position %i",
    async (position) => {
      for (const drop of Object.values(drops)) {
        const steps = around(position, culprit(drop), wait);
        steps[0] = {
          name: "twice",
          repeatable: true,
          run: async (_, next) => `${await next()} ${await next()}`,
        };
        await expect(compose(steps)({}, never)).rejects.toMatchObject(BLAME);
      }
    },
  );

  it.each([1, 2, 3])("attempt %i of three is found although the others were in order", async (careless) => {
    for (const inner of [[], [wait], [pass], [again]]) {
      let attempt = 0;
      const run = compose<object, string>([
        wait,
        {
          name: "thrice",
          repeatable: true,
          run: async (_, next) => `${await next()} ${await next()} ${await next()}`,
        },
        culprit(async (next) => ((attempt += 1) === careless ? drops["answers at once"]!(next) : next())),
        inner,
      ]);
      const core = () => (attempt === careless ? never() : ticks(3).then(() => "core"));
      await expect(run({}, core)).rejects.toMatchObject(BLAME);
    }
  });

  it.each(POSITIONS)(
    "a repeatable step that drops its own attempt is to blame, at position %i",
    async (position) => {
      for (const drop of Object.values(drops)) {
        const careless = {
          name: "culprit",
          repeatable: true,
          run: (_: object, next: Next<string>) => drop(next),
        };
        await expect(compose(around(position, careless, wait))({}, never)).rejects.toMatchObject(BLAME);
      }
    },
  );

  it("attempts that failed and were caught are in order, however many", async () => {
    let failures = 5;
    const patient: Step<object, string> = {
      name: "patient",
      repeatable: true,
      async run(_, next) {
        for (;;) {
          const result = await next().catch(() => undefined);
          if (result) return result;
        }
      },
    };
    const core = async () => {
      await ticks(failures);
      failures -= 1;
      if (failures >= 0) throw new Error("not yet");
      return "core";
    };
    expect(await compose([wait, patient, pass])({}, core)).toBe("core");
  });
});

describe("a chain is in order", () => {
  /** Ways to wait for `next()` that are not a plain `await`. */
  const careful: Record<string, Drop> = {
    "returns next() as it is": (next) => next(),
    "waits through Promise.all": async (next) => (await Promise.all([next(), ticks(1)]))[0],
    "waits through Promise.allSettled": async (next) => `${(await Promise.allSettled([next()])).length}`,
    "waits through a chain of then()": (next) =>
      next()
        .then((value) => `${value}!`)
        .finally(() => ticks(1)),
    "starts next(), does something else, and awaits it then": async (next) => {
      const result = next();
      await ticks(5);
      return result;
    },
  };
  const cores: Record<string, () => string | Promise<string>> = {
    "answers synchronously": () => "core",
    "is async": async () => "core",
    "takes its time": async () => ticks(7).then(() => "core"),
  };

  for (const [when, core] of Object.entries(cores)) {
    it.each(POSITIONS)(
      `whose core ${when} and whose step at position %i waits in its own way`,
      async (position) => {
        for (const step of Object.values(careful))
          for (const neighbours of [[wait], [pass], [wait, pass], [again]])
            await expect(compose(around(position, culprit(step), ...neighbours))({}, core)).resolves.toMatch(
              /core|1/,
            );
      },
    );
  }

  it.each(["answers synchronously", "is async"])(
    "that drops next() when its core %s: it has finished",
    async (when) => {
      for (const drop of Object.values(drops))
        for (const inner of [[], [wait], [pass], [again]])
          expect(await compose([wait, culprit(drop), inner])({}, cores[when])).toBe("answer");
    },
  );

  it("or names the right step, whichever of the two settles by how many ticks earlier", async () => {
    const outcomes = new Set<unknown>();
    for (const inner of [[], [wait], [pass], [pass, wait], [wait, pass], [again], [again, pass]])
      for (let own = 0; own < 12; own += 1)
        for (let core = 0; core < 12; core += 1) {
          const run = compose<object, string>([
            pass,
            culprit((next) => {
              void next();
              return ticks(own).then(() => "answer");
            }),
            inner,
          ]);
          const outcome = await run({}, () => ticks(core).then(() => "core")).catch(
            (error: unknown) => error,
          );
          outcomes.add(outcome === "answer" ? outcome : (outcome as { involved: unknown[] }).involved.join());
        }
    expect([...outcomes].toSorted()).toEqual(["answer", "culprit"]);
  });

  it("when its steps answer early, and then the core never runs", async () => {
    expect(await compose([wait, pass, () => "early", culprit(drops["answers at once"]!)])({}, never)).toBe(
      "early",
    );
  });

  it("when it fails: its own error tells more, even while the core is running", async () => {
    const failure = new Error("own");
    const fail = culprit((next) => {
      void next();
      throw failure;
    });
    const failLater = culprit(async (next) => {
      void next();
      await ticks(2);
      throw failure;
    });
    for (const step of [fail, failLater])
      for (const steps of [[step], [wait, step, wait], [again, step, pass]])
        await expect(compose(steps)({}, never)).rejects.toBe(failure);
  });

  it("when a step made up for the core's failure", async () => {
    const recover = culprit((next) => next().catch((error: Error) => `recovered from ${error.message}`));
    const fail: Step<object, string> = {
      name: "fail",
      run: () => ticks(3).then(() => Promise.reject(new Error("core"))),
    };
    for (const steps of [[recover], [wait, recover, pass], [recover, again, wait]])
      expect(await compose(steps)({}, compose([fail]))).toBe("recovered from core");
  });

  // A known gap. What watches the core also counts as handling its failure, and a promise of its own for the steps,
  // which would mend this, costs a tenth of a run whose core is async.
  it("nor is the failure of a core told that the innermost step dropped and that was over in time", async () => {
    const reasons: unknown[] = [];
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", (reason) => reasons.push(reason));
    try {
      const run = compose([culprit(drops["awaits something else afterwards"]!)]);
      expect(await run({}, () => Promise.reject(new Error("lost")))).toBe("answer");
      await new Promise<void>((resolve) => setImmediate(resolve));
    } finally {
      process.removeAllListeners("unhandledRejection");
      for (const listener of listeners) process.on("unhandledRejection", listener);
    }
    expect(reasons).toEqual([]);
  });
});

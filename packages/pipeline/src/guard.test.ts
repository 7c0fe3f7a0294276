import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { Next, Step } from "./types.ts";

/** How `next()` may be called twice. Each resolves to the rejection of the second call. */
const secondCalls: Record<string, (next: Next<unknown>) => Promise<unknown>> = {
  sequentially: async (next) => {
    await next();
    return next();
  },
  concurrently: async (next) => {
    const [, second] = await Promise.all([next(), next().catch((error: unknown) => error)]);
    return second;
  },
  "after a failure": async (next) => {
    await next().catch(() => {});
    return next();
  },
};

const POSITIONS = Array.from({ length: 25 }, (_, index) => index + 1);
// A block holds ten steps: first, last and middle of each of three blocks, and of a chain that ends within one.
const BORDERS = [1, 2, 5, 10, 11, 12, 20, 21, 25];

const pass: Step<object, unknown> = (_, next) => next();

/** A chain of 25 steps that pass on, but for the one at `position`. */
const chainWith = (position: number, step: Step<object, unknown>) => {
  const steps = POSITIONS.map((other) => (other === position ? step : pass));
  return compose(steps);
};

const countCore = () => {
  let runs = 0;
  return { core: () => (runs += 1), runs: () => runs };
};

describe("a second next()", () => {
  for (const [how, callTwice] of Object.entries(secondCalls)) {
    it.each(POSITIONS)(`${how} is refused to the step at position %i, and names it`, async (position) => {
      const { core, runs } = countCore();
      let refusal: unknown;
      const culprit = async (_: object, next: Next<unknown>) => {
        refusal = await callTwice(next).catch((error: unknown) => error);
      };
      await chainWith(position, { name: "culprit", hook: "onInvoke", run: culprit })({}, core);
      expect(refusal).toMatchObject({ code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["culprit"] });
      expect((refusal as Error).message).toMatch(
        /^next\(\) called multiple times.*\bculprit\b.*\bonInvoke\b/,
      );
      expect(runs()).toBe(1);
    });
  }

  it.each(POSITIONS)("long after the chain has settled is refused to the step at %i", async (position) => {
    const { core, runs } = countCore();
    let kept: Next<unknown> | undefined;
    const keep: Step<object, unknown> = function culprit(_, next) {
      kept = next;
      return next();
    };
    await chainWith(position, keep)({}, core);
    await expect(kept!()).rejects.toMatchObject({
      code: "NEXT_CALLED_MULTIPLE_TIMES",
      involved: ["culprit"],
    });
    expect(runs()).toBe(1);
  });

  it("is refused after the step has returned while the chain still runs", async () => {
    let refusal: unknown;
    let kept: Next<unknown> | undefined;
    const outer: Step<object, unknown> = async (_, next) => {
      await next();
      refusal = await kept!().catch((error: unknown) => error);
    };
    const culprit: Step<object, unknown> = (_, next) => {
      kept = next;
      return next();
    };
    await compose([outer, { name: "culprit", run: culprit }])({}, () => "core");
    expect(refusal).toMatchObject({ code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["culprit"] });
  });

  it("is refused where the inner step had returned early, so that nothing runs in its place", async () => {
    const { core, runs } = countCore();
    const steps: Step<object, unknown>[] = [
      (_, next) => secondCalls["sequentially"]!(next),
      () => "early",
      pass,
    ];
    await expect(compose(steps)({}, core)).rejects.toMatchObject({ code: "NEXT_CALLED_MULTIPLE_TIMES" });
    expect(runs()).toBe(0);
  });

  it("is refused to each of several culprits in one chain by its own name", async () => {
    const refused: unknown[] = [];
    const twice = (name: string): Step<object, unknown> => ({
      name,
      async run(_, next) {
        await next();
        await next().catch((error: unknown) => refused.push(error));
      },
    });
    await compose([twice("a"), pass, twice("b"), twice("c")])({}, () => "core");
    expect(refused).toMatchObject(["c", "b", "a"].map((name) => ({ involved: [name] })));
  });

  it("fails the chain when the step lets the refusal through", async () => {
    const run = compose<object, unknown>([pass, (_, next) => secondCalls["sequentially"]!(next)]);
    await expect(run({}, () => "core")).rejects.toMatchObject({ code: "NEXT_CALLED_MULTIPLE_TIMES" });
  });

  it.each(POSITIONS)("names a step without a name by its position, %i", async (position) => {
    const run = chainWith(position, async (_, next) => secondCalls["sequentially"]!(next));
    await expect(run({}, () => "core")).rejects.toThrow(
      new RegExp(String.raw`^next\(\) called multiple times.*\b${position}\b`),
    );
  });

  it("counts positions in the flattened list", async () => {
    const run = compose<object, unknown>([pass, [pass, [(_, next) => secondCalls["sequentially"]!(next)]]]);
    await expect(run({}, () => "core")).rejects.toThrow(/\b3\b/);
  });

  it("is allowed in another run of the same chain", async () => {
    const run = compose<object, string>([(_, next) => next()]);
    expect(await Promise.all([run({}, () => "one"), run({}, () => "two")])).toEqual(["one", "two"]);
  });
});

describe("a first next() after the chain has settled", () => {
  const answers: [string, () => unknown][] = [
    ["answered at once", () => "early"],
    ["answered later", async () => "early"],
  ];

  for (const [when, answer] of answers) {
    it.each(POSITIONS)(`that ${when} is refused to the step at position %i`, async (position) => {
      const { core, runs } = countCore();
      let kept: Next<unknown> | undefined;
      const keep = (_: object, next: Next<unknown>) => {
        kept = next;
        return answer();
      };
      const run = chainWith(position, { name: "culprit", hook: "onInvoke", run: keep });
      expect(await run({}, core)).toBe("early");
      await expect(kept!()).rejects.toMatchObject({
        code: "NEXT_CALLED_LATE",
        involved: ["culprit"],
        message: expect.stringMatching(/\bculprit\b.*\bonInvoke\b/) as string,
      });
      expect(runs()).toBe(0);
    });
  }

  it.each(BORDERS)("that failed is refused to the step at position %i", async (position) => {
    const { core, runs } = countCore();
    let kept: Next<unknown> | undefined;
    const keep: Step<object, unknown> = async function culprit(_, next) {
      kept = next;
      throw new RangeError("before next()");
    };
    await expect(chainWith(position, keep)({}, core)).rejects.toBeInstanceOf(RangeError);
    await expect(kept!()).rejects.toMatchObject({ code: "NEXT_CALLED_LATE", involved: ["culprit"] });
    expect(runs()).toBe(0);
  });

  it("is fine before that: the chain still runs while an outer step does", async () => {
    let kept: Next<unknown> | undefined;
    const outer: Step<object, unknown> = async (_, next) => [await next(), await kept!()];
    const inner: Step<object, unknown> = (_, next) => {
      kept = next;
      return "early";
    };
    expect(await compose([outer, inner])({}, () => "core")).toEqual(["early", "core"]);
  });
});

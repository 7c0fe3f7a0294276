import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { Next, Step, StepDefinition } from "./types.ts";

const LENGTHS_AND_POSITIONS = [
  [1, 1],
  [3, 1],
  [3, 2],
  [3, 3],
  [10, 10],
  [11, 1],
  [11, 10],
  [11, 11],
  [25, 10],
  [25, 11],
  [25, 12],
  [25, 21],
  [25, 25],
] as const;

const pass: Step<string[], unknown> = (_, next) => next();

/** Calls `next()` so often, one after the other, and gives the results, failures included. */
const attempts = (count: number, name = "again"): StepDefinition<string[], unknown> => ({
  name,
  hook: "middleware",
  repeatable: true,
  async run(_, next) {
    const results: unknown[] = [];
    for (let attempt = 0; attempt < count; attempt += 1)
      // oxlint-disable-next-line no-await-in-loop
      results.push(await next().catch((error: unknown) => error));
    return results;
  },
});

/** A core that gives its runs numbers. */
const numbered = () => {
  let runs = 0;
  return async () => (runs += 1);
};

describe("a repeatable step", () => {
  it.each(LENGTHS_AND_POSITIONS)(
    "may call next() again once the call before has settled, in a chain of %i at position %i",
    async (length, position) => {
      const events: string[] = [];
      const steps = Array.from({ length }, (_, index): Step<string[], unknown> => {
        if (index + 1 === position) return attempts(3);
        return (trail, next) => {
          trail.push(`step ${index + 1}`);
          return next();
        };
      });
      expect(await compose(steps)(events, numbered())).toEqual([1, 2, 3]);
      const names = steps.map((_, index) => `step ${index + 1}`);
      const inside = names.slice(position);
      expect(events).toEqual([...names.slice(0, position - 1), ...inside, ...inside, ...inside]);
    },
  );

  it("may try again after a failure, thrown by a step or the core, synchronously or not", async () => {
    const failures = [new Error("sync"), new Error("async"), undefined, undefined];
    const run = compose<string[], unknown>([
      attempts(4),
      () => {
        const failure = failures.shift();
        if (failure?.message === "sync") throw failure;
        return failure ? Promise.reject(failure) : "fine";
      },
    ]);
    expect(await run([])).toMatchObject([{ message: "sync" }, { message: "async" }, "fine", "fine"]);
  });

  it("need not call it at all, and need not call it again", async () => {
    expect(await compose([attempts(0)])([], numbered())).toEqual([]);
    expect(await compose([{ ...attempts(0), run: async (_, next) => next() }])([], numbered())).toBe(1);
  });

  it("never has two calls under way at once, and is named when it tries", async () => {
    const core = numbered();
    const run: Step<string[], unknown> = {
      name: "again",
      hook: "middleware",
      repeatable: true,
      async run(_, next) {
        const [first, second] = await Promise.all([next(), next().catch((error: unknown) => error)]);
        return { first, second, third: await next() };
      },
    };
    expect(await compose([pass, run])([], core)).toMatchObject({
      first: 1,
      second: {
        code: "NEXT_CALLED_MULTIPLE_TIMES",
        involved: ["again"],
        message: expect.stringMatching(/^next\(\) called multiple times.*again.*middleware/) as string,
      },
      third: 2,
    });
  });

  it("never has two calls under way at once even where the first one fails synchronously", async () => {
    let started = 0;
    const run = compose<string[], unknown>([
      {
        name: "again",
        repeatable: true,
        run: (_, next) => Promise.allSettled([next(), next()]),
      },
      () => {
        started += 1;
        throw new RangeError("sync");
      },
    ]);
    expect(await run([])).toMatchObject([
      { reason: { name: "RangeError" } },
      { reason: { code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["again"] } },
    ]);
    expect(started).toBe(1);
  });

  it("may not call it when the chain has settled, whether or not it had called before", async () => {
    const core = numbered();
    const kept: Next<unknown>[] = [];
    const keep = (run: (next: Next<unknown>) => unknown): Step<string[], unknown> => ({
      name: "again",
      repeatable: true,
      run(_, next) {
        kept.push(next);
        return run(next);
      },
    });
    await compose([keep((next) => next()), keep(() => "early")])([], core);
    const late = { code: "NEXT_CALLED_LATE", involved: ["again"] };
    expect(kept).toHaveLength(2);
    for (const next of kept)
      // oxlint-disable-next-line no-await-in-loop
      await expect(next()).rejects.toMatchObject(late);
    expect(await compose([])([], core)).toBe(1);
  });

  it("says so by its definition alone: a property of the function changes nothing", async () => {
    const run = compose<string[], unknown>([
      Object.assign(async (_: string[], next: Next<unknown>) => [await next(), await next()], {
        repeatable: true,
      }),
    ]);
    await expect(run([], numbered())).rejects.toMatchObject({ code: "NEXT_CALLED_MULTIPLE_TIMES" });
  });
});

describe("steps inside a repeatable one", () => {
  it.each([2, 3, 10, 11, 12, 21, 25])(
    "are guarded anew in each attempt, the one at %i too",
    async (position) => {
      const refused: unknown[] = [];
      const twice: Step<string[], unknown> = {
        name: "culprit",
        async run(_, next) {
          const result = await next();
          await next().catch((error: unknown) => refused.push(error));
          return result;
        },
      };
      const steps = Array.from({ length: 25 }, (_, index) => (index + 1 === position ? twice : pass));
      steps[0] = attempts(3);
      expect(await compose(steps)([], numbered())).toEqual([1, 2, 3]);
      expect(refused).toHaveLength(3);
      expect(refused[2]).toMatchObject({ code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["culprit"] });
    },
  );

  it("may not use the next() of an earlier attempt in a later one", async () => {
    const kept: Next<unknown>[] = [];
    const keep: Step<string[], unknown> = {
      name: "culprit",
      run(_, next) {
        kept.push(next);
        return kept.length === 1 ? next() : kept[0]!();
      },
    };
    const results = await compose([attempts(2), keep])([], numbered());
    expect(results).toMatchObject([1, { code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["culprit"] }]);
  });

  it("multiply attempts when they are repeatable as well", async () => {
    expect(await compose([attempts(2, "a"), pass, attempts(3, "b")])([], numbered())).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });
});

describe("steps outside a repeatable one", () => {
  it("run once and keep their own guard", async () => {
    const twice: Step<string[], unknown> = {
      name: "culprit",
      run: async (_, next) => [await next(), await next().catch((error: unknown) => error)],
    };
    expect(await compose([twice, attempts(2)])([], numbered())).toMatchObject([
      [1, 2],
      { code: "NEXT_CALLED_MULTIPLE_TIMES", involved: ["culprit"] },
    ]);
  });
});

describe("a chain that holds a repeatable step", () => {
  it("repeats within itself when it is the core or has one of its own", async () => {
    const inner = compose([attempts(2)]);
    const core = numbered();
    expect(await compose<string[], unknown>([pass])([], (events) => inner(events, core))).toEqual([1, 2]);
  });

  it("may repeat the rest of an outer chain when its own definition there is repeatable", async () => {
    const inner = compose([attempts(2)]);
    expect(await compose([{ name: "inner", repeatable: true, run: inner }])([], numbered())).toEqual([1, 2]);
  });
});

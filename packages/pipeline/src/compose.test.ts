import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { Next, Step } from "./types.ts";

/** A step that writes its name on the way in and on the way out. */
const trace = (name: string): Step<string[], unknown> => ({
  name,
  async run(events, next) {
    events.push(`${name} in`);
    const result = await next();
    events.push(`${name} out`);
    return result;
  },
});

const recordCore = (events: string[]) => {
  events.push("core");
  return "from the core";
};

describe("the order of a chain", () => {
  it("enters steps in the order of the list, runs the core innermost, and unwinds in reverse", async () => {
    const events: string[] = [];
    await compose([trace("a"), trace("b")])(events, recordCore);
    expect(events).toEqual(["a in", "b in", "core", "b out", "a out"]);
  });

  it("starts the first step, and what it passes on to, before the chain returns its promise", async () => {
    const events: string[] = [];
    const run = compose([trace("a"), trace("b")])(events, recordCore);
    expect(events).toEqual(["a in", "b in", "core"]);
    await run;
  });

  it("never starts what is inside a step that returns early, and still unwinds what is outside", async () => {
    const events: string[] = [];
    const run = compose([trace("a"), () => "early", trace("inner")]);
    expect(await run(events, recordCore)).toBe("early");
    expect(events).toEqual(["a in", "a out"]);
  });

  it("hands every step and the core the very context of the run", async () => {
    const context = {};
    const seen: unknown[] = [];
    const see = (given: unknown, next: Next<unknown>) => {
      seen.push(given);
      return next();
    };
    await compose([see, { name: "see", repeatable: true, run: see }])(context, (given) => seen.push(given));
    expect(seen).toHaveLength(3);
    expect(seen.every((given) => given === context)).toBe(true);
  });

  it("calls steps, repeatable ones and the core without `this`", async () => {
    const seen: unknown[] = [];
    function see(this: unknown, _: object, next: Next<unknown>) {
      seen.push(this);
      return next();
    }
    await compose<object, unknown>([see, { name: "again", repeatable: true, run: see }])({}, see);
    expect(seen).toEqual([undefined, undefined, undefined]);
  });
});

describe("the result of a chain", () => {
  it("is what the outermost step made of it", async () => {
    const run = compose<object, string>([
      async (_, next) => `<${await next()}>`,
      async (_, next) => `(${await next()})`,
    ]);
    expect(await run({}, () => "core")).toBe("<(core)>");
  });

  it("is what the last step returned when there is no core", async () => {
    expect(await compose<object, string>([(_, next) => next(), () => "last"])({})).toBe("last");
  });

  it("is undefined when every step passes on and there is no core", async () => {
    const steps: Step<object, string>[] = [(_, next) => next(), async (_, next) => next()];
    expect(await compose(steps)({})).toBeUndefined();
  });

  it.each([0, "", false, null, undefined, Number.NaN])(
    "may be %o, from step and core alike",
    async (value) => {
      const pass: Step<object, unknown>[] = [(_, next) => next(), async (_, next) => next()];
      expect(await compose([...pass, () => value])({}, () => "core")).toBe(value);
      expect(await compose(pass)({}, () => value)).toBe(value);
      expect(await compose(pass)({}, async () => value)).toBe(value);
    },
  );

  it("reaches a plain step as a promise, whatever is inside", async () => {
    const run = compose<object, number>([
      (_, next) => next().then((value) => value + 1),
      (_, next) => next().then((value) => value + 1),
    ]);
    expect(await run({}, () => 1)).toBe(3);
    expect(await run({}, async () => 1)).toBe(3);
  });

  it("is a promise of the platform even when every step answers synchronously", () => {
    expect(compose([() => 1])({})).toBeInstanceOf(Promise);
    expect(compose([])({}, () => 1)).toBeInstanceOf(Promise);
  });
});

describe("what is thrown", () => {
  const failure = new Error("broken");
  const fail = () => {
    throw failure;
  };

  it.each<[string, Step<object, unknown>[]]>([
    ["the only step", [fail]],
    ["a repeatable step", [{ name: "again", repeatable: true, run: fail }]],
    ["an inner step", [(_, next) => next(), fail]],
    ["an async step", [async () => fail()]],
    ["a step after next()", [(_, next) => next().then(fail)]],
  ])("synchronously or not by %s is a rejection with that very error", async (_, steps) => {
    await expect(compose(steps)({}, () => "core")).rejects.toBe(failure);
  });

  it("by the core is a rejection with that very error", async () => {
    const pass: Step<object, string>[] = [(_, next) => next(), async (_, next) => next()];
    await expect(compose(pass)({}, fail)).rejects.toBe(failure);
    await expect(compose(pass)({}, async () => fail())).rejects.toBe(failure);
    await expect(compose([])({}, fail)).rejects.toBe(failure);
  });

  it("inside rejects an outer step's next(), so that the step can answer in its place", async () => {
    const recover: Step<object, string>[] = [
      (_, next) => next().catch((error: Error) => `saved from ${error.message}`),
    ];
    expect(await compose([recover, fail])({}, () => "core")).toBe("saved from broken");
    expect(await compose(recover)({}, fail)).toBe("saved from broken");
  });

  it.each(Array.from({ length: 25 }, (_, index) => index))(
    "synchronously reaches a plain step as a rejection of its next(), %i steps further in",
    async (distance) => {
      const steps = Array.from({ length: distance }, (): Step<object, unknown> => (_, next) => next());
      for (let position = 0; position <= distance; position += 1) {
        const run = compose<object, unknown>([
          steps.slice(position),
          (_, next) => next().catch((error: unknown) => error),
          steps.slice(0, position),
        ]);
        // oxlint-disable-next-line no-await-in-loop
        expect(await run({}, fail)).toBe(failure);
      }
    },
  );

  it("may be anything, undefined included", async () => {
    const reasons = ["text", undefined, null, 0];
    const settled = reasons.map((reason) =>
      compose([
        () => {
          throw reason;
        },
      ])({}),
    );
    expect(await Promise.allSettled(settled)).toEqual(
      reasons.map((reason) => ({ status: "rejected", reason })),
    );
  });
});

describe("compose([])", () => {
  it("calls the core", async () => {
    expect(await compose<object, string>([])({}, async () => "core")).toBe("core");
  });

  it("resolves to undefined without one", async () => {
    expect(await compose([])({})).toBeUndefined();
  });
});

describe("nesting", () => {
  it("takes a chain as a step, whose core is the rest of the outer chain", async () => {
    const events: string[] = [];
    const inner = compose([trace("b"), trace("c")]);
    expect(await compose([trace("a"), inner, trace("d")])(events, recordCore)).toBe("from the core");
    expect(events).toEqual(["a in", "b in", "c in", "d in", "core", "d out", "c out", "b out", "a out"]);
  });

  it("takes a chain as the core", async () => {
    const events: string[] = [];
    const inner = compose([trace("b"), () => "from the inner chain"]);
    expect(await compose([trace("a")])(events, inner)).toBe("from the inner chain");
    expect(events).toEqual(["a in", "b in", "b out", "a out"]);
  });

  it("flattens nested arrays of steps, however deep", async () => {
    const events: string[] = [];
    await compose([trace("a"), [], [trace("b"), [[trace("c")]]], trace("d")])(events, recordCore);
    expect(events.slice(0, 5)).toEqual(["a in", "b in", "c in", "d in", "core"]);
  });
});

describe("a chain", () => {
  it("keeps its steps when the caller changes the arrays afterwards", async () => {
    const events: string[] = [];
    const nested = [trace("b")];
    const steps = [trace("a"), nested];
    const run = compose(steps);
    nested.push(trace("late"));
    steps.length = 0;
    await run(events, recordCore);
    expect(events).toEqual(["a in", "b in", "core", "b out", "a out"]);
  });

  it("leaves the caller's arrays as they were, frozen ones included", () => {
    const nested = Object.freeze([trace("b")]);
    const steps = Object.freeze([trace("a"), nested]);
    compose(steps);
    expect(steps).toHaveLength(2);
    expect(steps[1]).toBe(nested);
  });

  it("runs as often as it is called, also after a run that failed", async () => {
    const run = compose<{ ok: boolean }, string>([
      (_, next) => next(),
      ({ ok }) => {
        if (ok) return "fine";
        throw new RangeError("not this time");
      },
    ]);
    await expect(run({ ok: false })).rejects.toBeInstanceOf(RangeError);
    expect(await run({ ok: true })).toBe("fine");
    expect(await run({ ok: true })).toBe("fine");
  });

  it("keeps concurrent runs apart, in whatever order they end", async () => {
    const ended: string[] = [];
    const answer: Record<string, (result: string) => void> = {};
    const run = compose<string, string>([
      async (name, next) => {
        const result = await next();
        ended.push(name);
        return `${name}: ${result}`;
      },
      { name: "again", repeatable: true, run: (_, next) => next() },
    ]);
    const core = (name: string) => new Promise<string>((resolve) => (answer[name] = resolve));
    const runs = [run("first", core), run("second", core)];
    answer["second"]!("two");
    await runs[1];
    answer["first"]!("one");
    expect(await Promise.all(runs)).toEqual(["first: one", "second: two"]);
    expect(ended).toEqual(["second", "first"]);
  });
});

describe("what compose() cannot take", () => {
  it.each([undefined, null, {}, "steps", () => "step", new Set(), { length: 0 }])(
    "is told at once as a TypeError: %o is no array",
    (steps) => {
      // @ts-expect-error The types refuse it as well.
      const call = () => compose(steps);
      expect(call).toThrow(TypeError);
      expect(call).toThrow(expect.objectContaining({ name: "PipelineError", code: "INVALID_STEPS" }));
    },
  );

  it.each([undefined, null, "step", 7, {}, { name: "no run" }, { name: "odd", run: "function" }])(
    "is told at once with its position: %o is no step",
    (step) => {
      // @ts-expect-error The types refuse it as well.
      const call = () => compose([trace("a"), [trace("b"), step]]);
      expect(call).toThrow(TypeError);
      expect(call).toThrow(expect.objectContaining({ name: "PipelineError", code: "INVALID_STEPS" }));
      expect(call).toThrow(/\b3\b/);
    },
  );
});

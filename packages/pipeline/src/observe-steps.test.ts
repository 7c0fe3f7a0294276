import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import { observeSteps, type StepEndEvent, type StepEvent, type StepObserver } from "./observe-steps.ts";
import type { Next, Step } from "./types.ts";

type Steps = Step<object, unknown>[];
type Listener = (reason: unknown) => void;

declare const process: {
  listeners(event: "unhandledRejection"): Listener[];
  removeAllListeners(event: "unhandledRejection"): void;
  on(event: "unhandledRejection", listener: Listener): void;
};
declare const setImmediate: (callback: () => void) => void;

/** An observer that keeps what it is told, with a clock that ticks whenever it is read. */
function recorder() {
  const starts: StepEvent<object>[] = [];
  const ends: StepEndEvent<object>[] = [];
  let time = 0;
  const observer: StepObserver<object> = {
    onStepStart: (event) => starts.push(event),
    onStepEnd: (event) => ends.push(event),
    now: () => (time += 1),
  };
  return { starts, ends, observer };
}

/** The rejections that nobody handles while `run` runs, kept from the test runner, for which they are failures. */
async function unhandledRejections(run: () => Promise<unknown>): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => reasons.push(reason));
  try {
    await run();
    await new Promise<void>((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return reasons;
}

const wait: Step<object, unknown> = { name: "wait", hook: "middleware", run: async (_, next) => next() };

function plain(_: object, next: Next<unknown>) {
  return next();
}

describe("an observer", () => {
  it("is told of each step's start and end with name, hook, position, context and times", async () => {
    const { starts, ends, observer } = recorder();
    const context = {};
    const steps: Steps = [wait, plain, () => "early"];
    expect(await compose(observeSteps(steps, observer))(context, () => "core")).toBe("early");
    expect(starts).toEqual([
      { name: "wait", hook: "middleware", position: 0, context, startedAt: 1 },
      { name: "plain", hook: undefined, position: 1, context, startedAt: 2 },
      { name: "", hook: undefined, position: 2, context, startedAt: 3 },
    ]);
    expect(ends).toEqual([
      { ...starts[2], endedAt: 4, outcome: "early" },
      { ...starts[1], endedAt: 5, outcome: "returned" },
      { ...starts[0], endedAt: 6, outcome: "returned" },
    ]);
    expect(starts.every((event) => event.context === context)).toBe(true);
  });

  it("is told of a start before the step runs, and of an end only when the step has settled", async () => {
    const events: string[] = [];
    const observer: StepObserver<object> = {
      onStepStart: ({ name }) => events.push(`start ${name}`),
      onStepEnd: ({ name }) => events.push(`end ${name}`),
    };
    const steps: Steps = [
      async function slow(_, next) {
        events.push("in");
        await next();
        await Promise.resolve();
        events.push("out");
      },
    ];
    await compose(observeSteps(steps, observer))({}, () => events.push("core"));
    expect(events).toEqual(["start slow", "in", "core", "out", "end slow"]);
  });

  const failure = new Error("broken");
  it.each<[string, Step<object, unknown>]>([
    [
      "synchronously",
      {
        name: "fails",
        run: () => {
          throw failure;
        },
      },
    ],
    ["asynchronously", { name: "fails", run: () => Promise.reject(failure) }],
    ["after next()", { name: "fails", run: (_, next) => next().then(() => Promise.reject(failure)) }],
  ])("is told of a step that fails %s, and of those that the error passes", async (_, fails) => {
    const { ends, observer } = recorder();
    await expect(compose(observeSteps([wait, fails], observer))({}, () => "core")).rejects.toBe(failure);
    expect(ends).toMatchObject([
      { name: "fails", outcome: "threw", error: failure },
      { name: "wait", outcome: "threw", error: failure },
    ]);
  });

  it("is told `returned` of a step that caught what its next() threw", async () => {
    const { ends, observer } = recorder();
    const steps: Steps = [(_, next) => next().catch(() => "caught"), () => Promise.reject(undefined)];
    await compose(observeSteps(steps, observer))({});
    expect(ends.map(({ outcome }) => outcome)).toEqual(["threw", "returned"]);
    expect(ends[0]).toHaveProperty("error", undefined);
    expect(ends[1]).not.toHaveProperty("error");
  });

  it("can tell concurrent runs apart by their context", async () => {
    const { ends, observer } = recorder();
    const run = compose(observeSteps([wait], observer));
    const contexts = [{}, {}];
    await Promise.all(contexts.map((context) => run(context, () => "core")));
    expect(ends.map(({ context }) => contexts.findIndex((known) => known === context))).toEqual([0, 1]);
  });

  it("is told of every start of a step that a repeatable one repeats", async () => {
    const { starts, ends, observer } = recorder();
    const twice: Step<object, unknown> = {
      name: "twice",
      repeatable: true,
      run: async (_, next) => [await next(), await next()],
    };
    const run = compose(observeSteps([twice, wait], observer));
    expect(await run({}, () => "core")).toEqual(["core", "core"]);
    expect(starts.map(({ name }) => name)).toEqual(["twice", "wait", "wait"]);
    expect(ends.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      "wait returned",
      "wait returned",
      "twice returned",
    ]);
  });

  it("reads the clock of the platform when it brings none", async () => {
    const { starts, ends, observer } = recorder();
    const { onStepStart, onStepEnd } = observer as Required<StepObserver<object>>;
    await compose(observeSteps([wait], { onStepStart, onStepEnd }))({}, () => "core");
    expect(starts[0]!.startedAt).toBeGreaterThan(0);
    expect(ends[0]!.endedAt).toBeGreaterThanOrEqual(starts[0]!.startedAt);
  });

  it("may listen to starts alone, to ends alone, or to nothing", async () => {
    const { starts, ends, observer } = recorder();
    const { onStepStart, onStepEnd } = observer as Required<StepObserver<object>>;
    for (const partial of [{ onStepStart }, { onStepEnd }, {}])
      // oxlint-disable-next-line no-await-in-loop
      expect(await compose(observeSteps([wait], partial))({}, () => "core")).toBe("core");
    expect([starts.length, ends.length]).toEqual([1, 1]);
  });
});

describe("B-12: an observer changes no result:", () => {
  const faults: Record<string, StepObserver<object>> = {
    onStepStart: {
      onStepStart: () => {
        throw new Error("faulty observer");
      },
    },
    onStepEnd: {
      onStepEnd: () => {
        throw new Error("faulty observer");
      },
    },
    "an async onStepEnd": {
      onStepEnd: async () => {
        throw new Error("faulty observer");
      },
    },
    now: {
      now: () => {
        throw new Error("faulty observer");
      },
    },
  };

  it.each(Object.entries(faults))(
    "a throw of %s surfaces as an unhandled rejection, no more",
    async (_, faulty) => {
      const failure = new RangeError("the step's own");
      const steps: Steps = [wait, (context) => (context === steps ? Promise.reject(failure) : "fine")];
      const run = compose(observeSteps(steps, faulty));
      const reasons = await unhandledRejections(async () => {
        expect(await run({})).toBe("fine");
        await expect(run(steps)).rejects.toBe(failure);
      });
      expect(reasons.length).toBeGreaterThanOrEqual(4);
      expect(new Set(reasons.map((reason) => (reason as Error).message))).toEqual(
        new Set(["faulty observer"]),
      );
    },
  );

  it("the steps that were given stay as they were", async () => {
    const { starts, observer } = recorder();
    const steps: Steps = [wait];
    observeSteps(steps, observer);
    await compose(steps)({}, () => "core");
    expect(steps).toEqual([wait]);
    expect(starts).toEqual([]);
  });

  it("the guard still works, and names the step and its hook", async () => {
    const { observer } = recorder();
    const steps: Steps = [
      wait,
      { name: "culprit", hook: "onInvoke", run: async (_, next) => [await next(), await next()] },
    ];
    await expect(compose(observeSteps(steps, observer))({}, () => "core")).rejects.toMatchObject({
      code: "NEXT_CALLED_MULTIPLE_TIMES",
      involved: ["culprit"],
      message: expect.stringMatching(/^next\(\) called multiple times.*culprit.*onInvoke/) as string,
    });
  });

  it("an unawaited next() is still found", async () => {
    const { observer } = recorder();
    const steps: Steps = [wait, { name: "culprit", run: (_, next) => void next() }, wait];
    const run = compose(observeSteps(steps, observer));
    await expect(run({}, () => new Promise(() => {}))).rejects.toMatchObject({
      code: "NEXT_NOT_AWAITED",
      involved: ["culprit"],
    });
  });

  it("steps are called without `this`", async () => {
    const { observer } = recorder();
    const seen: unknown[] = [];
    function see(this: unknown) {
      seen.push(this);
    }
    await compose(observeSteps<object, unknown>([{ name: "see", run: see }], observer))({});
    expect(seen).toEqual([undefined]);
  });
});

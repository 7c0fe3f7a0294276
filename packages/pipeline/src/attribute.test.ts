import { describe, expect, it } from "vitest";
import { attribute } from "./attribute.ts";
import { compose } from "./compose.ts";
import { isPipelineError } from "./errors.ts";
import type { Next, StepDefinition } from "./types.ts";

type Step = StepDefinition<object, unknown>;

const pass = (name: string): Step => ({ name, run: (_, next) => next() });
const passAsync = (name: string): Step => ({ name, run: async (_, next) => await next() });

/** A chain of `count` steps, alternately plain and async, with `culprit` at `position`. */
function chainWith(culprit: Step, position: number, count: number): Step[] {
  return Array.from({ length: count }, (_, index) => {
    if (index === position) return culprit;
    return index % 2 ? pass(`step-${index}`) : passAsync(`step-${index}`);
  });
}

const positions = Array.from({ length: 25 }, (_, position) => position);

async function nameOnThrow(steps: readonly Step[], core: () => unknown = () => "core"): Promise<unknown> {
  const run = compose(steps, attribute({ onThrow: (error, step) => ({ error, step: step.name }) }));
  return run({}, core).then(
    () => "resolved",
    (reason: unknown) => reason,
  );
}

describe("onThrow", () => {
  const failure = new Error("broken");
  const throwers: Record<string, Step["run"]> = {
    "throws before next": () => {
      throw failure;
    },
    "rejects before next": async () => {
      await undefined;
      throw failure;
    },
    "throws after next": async (_, next) => {
      await next();
      throw failure;
    },
  };
  for (const [what, run] of Object.entries(throwers)) {
    it.each(positions)(`names the step that ${what}, at position %i of 25`, async (position) => {
      const outcome = await nameOnThrow(chainWith({ name: "culprit", run }, position, 25));
      expect(outcome).toEqual({ error: failure, step: "culprit" });
    });
  }

  it("names the step that throws something else than what it caught", async () => {
    const translator: Step = {
      name: "translator",
      run: (_, next) =>
        next().catch((cause: unknown) => {
          throw new Error("translated", { cause });
        }),
    };
    const outcome = await nameOnThrow([
      pass("outer"),
      translator,
      { name: "inner", run: throwers["throws before next"]! },
    ]);
    expect(outcome).toMatchObject({ step: "translator", error: { message: "translated", cause: failure } });
  });

  it("names the step that misused next", async () => {
    const twice: Step = { name: "twice", run: async (_, next) => [await next(), await next()] };
    expect(await nameOnThrow([pass("outer"), twice, pass("inner")])).toMatchObject({
      step: "twice",
      error: { code: "NEXT_CALLED_MULTIPLE_TIMES" },
    });
  });

  it("names the step that did not await next", async () => {
    let finish = (_: string) => {};
    const promise = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const careless: Step = { name: "careless", run: async (_, next) => void next() };
    const outcome = await nameOnThrow([passAsync("outer"), careless, pass("inner")], () => promise);
    expect(outcome).toMatchObject({ step: "careless", error: { code: "NEXT_NOT_AWAITED" } });
    finish("late");
  });

  it("names the thrower behind a step that retried", async () => {
    let attempts = 0;
    const retry: Step = {
      name: "retry",
      repeatable: true,
      run: (_, next) => next().catch(() => next()),
    };
    const flaky: Step = {
      name: "flaky",
      run: () => {
        attempts += 1;
        throw new Error(`attempt ${attempts}`);
      },
    };
    expect(await nameOnThrow([retry, pass("between"), flaky])).toMatchObject({
      step: "flaky",
      error: { message: "attempt 2" },
    });
  });

  it("names the step that throws what another one had thrown and a third had caught", async () => {
    const kept: unknown[] = [];
    const steps: Step[] = [
      { name: "again", run: (_, next) => next().then(() => Promise.reject(kept[0])) },
      { name: "keeper", run: (_, next) => next().catch((error: unknown) => kept.push(error)) },
      { name: "first", run: throwers["rejects before next"]! },
    ];
    expect(await nameOnThrow(steps)).toEqual({ error: failure, step: "again" });
  });

  it("is told of a step that returned no result, as of a thrown error", async () => {
    const attribution = attribute({
      accepts: (value) => typeof value === "string",
      onThrow: (error, step) => ({ error, step: step.name }),
    });
    const silent: Step = { name: "silent", run: () => undefined };
    await expect(compose([pass("outer"), silent], attribution)({})).rejects.toMatchObject({
      step: "silent",
      error: { code: "INVALID_RESULT", involved: ["silent"] },
    });
  });

  it("leaves the core's own error as it is, since no step threw it", async () => {
    const thrown = new Error("down");
    const core = () => {
      throw thrown;
    };
    expect(await nameOnThrow([pass("outer"), passAsync("inner")], core)).toBe(thrown);
  });
});

const strings = attribute({ accepts: (value) => typeof value === "string" });
const trimmed = async (_: object, next: Next<string>) => (await next()).trim();

describe("accepts", () => {
  const bad: Record<string, Step["run"]> = {
    "returns nothing at once": () => undefined,
    "resolves to nothing": async () => undefined,
    "drops the result of next": async (_, next) => {
      await next();
    },
  };
  for (const [what, run] of Object.entries(bad)) {
    it.each(positions)(`names the step that ${what}, at position %i of 25`, async (position) => {
      const run25 = compose(chainWith({ name: "culprit", run }, position, 25), strings);
      await expect(run25({}, () => "ok")).rejects.toMatchObject({
        code: "INVALID_RESULT",
        involved: ["culprit"],
      });
    });
  }

  it("names the inner step that returned nothing, where an outer one trips over it", async () => {
    const run = compose<object, string>(
      [trimmed, { name: "silent", run: (() => undefined) as never }],
      strings,
    );
    await expect(run({}, () => "ok")).rejects.toMatchObject({ code: "INVALID_RESULT", involved: ["silent"] });
  });

  it("tells when it is the core", async () => {
    const run = compose<object, unknown>([passAsync("outer")], strings);
    const error: unknown = await run({}, () => 42).catch((reason: unknown) => reason);
    expect(isPipelineError(error) && [error.code, error.involved]).toEqual(["INVALID_RESULT", []]);
  });

  it.each<[string, Step[]]>([
    ["no steps", []],
    ["a plain step", [pass("outer")]],
    ["an async step", [passAsync("outer")]],
  ])("tells when it is the core behind %s, whether or not it is async", async (_, steps) => {
    const code = "INVALID_RESULT";
    await expect(compose(steps, strings)({}, () => 42)).rejects.toMatchObject({ code });
    await expect(compose(steps, strings)({}, async () => 42)).rejects.toMatchObject({ code });
  });

  it("accepts what it accepts, from a step, early, and from the core", async () => {
    expect(await compose<object, unknown>([pass("outer")], strings)({}, async () => "core")).toBe("core");
    expect(await compose<object, unknown>([passAsync("outer")], strings)({}, async () => "core")).toBe(
      "core",
    );
    expect(
      await compose<object, unknown>([{ name: "early", run: () => "early" }], strings)({}, () => 1),
    ).toBe("early");
  });
});

import { describe, expect, expectTypeOf, it } from "vitest";
import { attribute } from "./attribute.ts";
import { composeEager } from "./compose-eager.ts";
import type { Next, Step } from "./types.ts";

const pass: Step<object, number> = { name: "pass", run: (_, next) => next() };
const answer: Step<object, number> = { name: "answer", run: () => 1 };
const numbers = attribute({ accepts: (value) => typeof value === "number" });

describe("an eager chain", () => {
  it("returns what its first step answers at once, and never starts the core", () => {
    let started = 0;
    const run = composeEager([answer, pass], numbers);
    expect(run({}, () => (started += 1))).toBe(1);
    expect(started).toBe(0);
  });

  it("returns what a core answers at once when there is no step", () => {
    expect(composeEager<object, number>([])({}, () => 2)).toBe(2);
  });

  it("returns a promise of what took time", async () => {
    const run = composeEager([pass], numbers)({}, async () => 2);
    expect(run).toBeInstanceOf(Promise);
    await expect(run).resolves.toBe(2);
    await expect(composeEager([pass, answer])({}, () => 2)).resolves.toBe(1);
  });

  it("rejects with what a step throws at once", async () => {
    const error = new Error("no");
    const fail: Step<object, number> = () => {
      throw error;
    };
    await expect(composeEager([fail])({}, () => 2)).rejects.toBe(error);
  });

  it("rejects in the name of a step whose answer at once is no result", async () => {
    const wrong: Step<object, number> = { name: "wrong", run: () => "1" as never };
    await expect(composeEager([wrong], numbers)({}, () => 2)).rejects.toMatchObject({
      code: "INVALID_RESULT",
      involved: ["wrong"],
    });
  });

  it("refuses a next() that comes after an answer at once", async () => {
    let late: Next<number> | undefined;
    const keep: Step<object, number> = {
      name: "keep",
      run(_, next) {
        late = next;
        return 1;
      },
    };
    composeEager([keep])({}, () => 2);
    await expect(late?.()).rejects.toMatchObject({ code: "NEXT_CALLED_LATE", involved: ["keep"] });
  });

  it("rejects when a step answered at once and let go of a core that was running", async () => {
    const careless: Step<object, number> = {
      name: "careless",
      run(_, next) {
        void next();
        return 1;
      },
    };
    const run = composeEager([careless])({}, () => new Promise(() => {}));
    await expect(run).rejects.toMatchObject({ code: "NEXT_NOT_AWAITED", involved: ["careless"] });
  });

  it("refuses what are no steps as `compose` does", () => {
    expect(() => composeEager("steps" as never)).toThrow(expect.objectContaining({ code: "INVALID_STEPS" }));
  });

  it("has a type that says that there may be no promise", () => {
    expectTypeOf(composeEager([answer])({}, () => 2)).toEqualTypeOf<number | Promise<number>>();
  });
});

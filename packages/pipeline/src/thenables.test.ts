import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { Step } from "./types.ts";

/** What a query builder or a promise library of its own hands out: no `Promise`, and settled in its own time. */
function foreign<Value>(settle: () => Value | Promise<Value>): PromiseLike<Value> {
  return {
    // oxlint-disable-next-line unicorn/no-thenable
    then: ((onFulfilled, onRejected) =>
      Promise.resolve().then(settle).then(onFulfilled, onRejected)) as Promise<Value>["then"],
  };
}

/** Fails as soon as anyone asks whether it is a promise. */
const unreadable = new Proxy(
  {},
  {
    get() {
      throw new RangeError("unreadable");
    },
  },
);

/** A `Promise` in name, as promise libraries make them. */
class Subclass<Value> extends Promise<Value> {}

const adopt = () => foreign(() => "adopted");

const pass: Step<object, unknown>[] = [(_, next) => next(), async (_, next) => next()];

describe("a thenable that is no promise", () => {
  it("is adopted from a step, wherever the step stands", async () => {
    expect(await compose([adopt])({})).toBe("adopted");
    expect(await compose([...pass, adopt])({})).toBe("adopted");
    expect(await compose([{ name: "again", repeatable: true, run: adopt }])({})).toBe("adopted");
  });

  it("is adopted from the core", async () => {
    expect(await compose(pass)({}, adopt)).toBe("adopted");
    expect(await compose([])({}, adopt)).toBe("adopted");
  });

  it("rejects the chain when it is rejected", async () => {
    const failure = new Error("refused");
    const core = () =>
      foreign(() => {
        throw failure;
      });
    await expect(compose([core])({})).rejects.toBe(failure);
    await expect(compose(pass)({}, core)).rejects.toBe(failure);
  });

  it("may wrap next()", async () => {
    const run = compose<object, string>([
      (_, next) => {
        const result = next();
        return foreign(() => result);
      },
    ]);
    expect(await compose([run, run])({}, async () => "core")).toBe("core");
  });

  it("is asked for its result once", async () => {
    let asked = 0;
    const query = () =>
      foreign(() => {
        asked += 1;
        return "rows";
      });
    await compose<object, string>([(_, next) => next(), query])({});
    await compose<object, string>([async (_, next) => next()])({}, query);
    expect(asked).toBe(2);
  });

  it("that cannot even be read is a rejection like anything thrown", async () => {
    await expect(compose([() => unreadable])({})).rejects.toBeInstanceOf(RangeError);
    await expect(compose([...pass, () => unreadable])({})).rejects.toBeInstanceOf(RangeError);
    await expect(compose(pass)({}, () => unreadable)).rejects.toBeInstanceOf(RangeError);
  });
});

const never = () => new Promise<string>(() => {});

describe("a step that drops next()", () => {
  it.each<[string, () => PromiseLike<string>]>([
    ["a foreign thenable", () => foreign(never)],
    ["a subclass of Promise", () => new Subclass(() => {})],
  ])("is to blame while the core's answer, %s, is under way", async (_, core) => {
    const drop: Step<object, unknown> = {
      name: "careless",
      run: async (__, next) => {
        void next();
        return "answer";
      },
    };
    const blame = { code: "NEXT_NOT_AWAITED", involved: ["careless"] };
    await expect(compose([drop])({}, core)).rejects.toMatchObject(blame);
    await expect(compose([...pass, drop, ...pass])({}, core)).rejects.toMatchObject(blame);
  });
});

describe("a step that drops next() and answers with", () => {
  const answers: [string, () => PromiseLike<string>][] = [
    ["a foreign thenable", () => foreign(() => "answer")],
    ["a subclass of Promise", () => Subclass.resolve("answer")],
  ];

  it.each(answers)("%s is the one to blame, outermost as well as inside", async (_, answer) => {
    const drop: Step<object, string> = {
      name: "careless",
      run(__, next) {
        void next();
        return answer();
      },
    };
    const blame = { code: "NEXT_NOT_AWAITED", involved: ["careless"] };
    const wait: Step<object, string> = { name: "wait", run: async (__, next) => next() };
    const again: Step<object, string> = { ...wait, name: "again", repeatable: true };
    for (const steps of [
      [drop],
      [drop, wait],
      [wait, drop, wait],
      [again, drop],
      [drop, again],
      [again, drop, again],
    ])
      // oxlint-disable-next-line no-await-in-loop
      await expect(compose<object, string>(steps)({}, never)).rejects.toMatchObject(blame);
  });

  it.each(answers)("%s does not put the blame on the steps around it that do the same", async (_, answer) => {
    const wrap: Step<object, string> = {
      name: "careful",
      run: (__, next) => {
        const result = next();
        return answer().then(() => result);
      },
    };
    const drop: Step<object, string> = {
      name: "careless",
      run(__, next) {
        void next();
        return "answer";
      },
    };
    const blame = { code: "NEXT_NOT_AWAITED", involved: ["careless"] };
    await expect(compose([wrap, wrap, drop, wrap])({}, never)).rejects.toMatchObject(blame);
  });
});

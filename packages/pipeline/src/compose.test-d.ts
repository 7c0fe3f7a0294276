// oxlint-disable vitest/expect-expect -- an error that is expected is the assertion
import { describe, expectTypeOf, it } from "vitest";
import { compose } from "./compose.ts";
import type { Chain, Core, Next, Step, StepDefinition, StepFunction } from "./types.ts";

interface User {
  readonly user: string;
}
interface Session {
  readonly session: number;
}

const greet = async ({ user }: User, next: Next<string>) => `${user}: ${await next()}`;
const count: Step<Session, string> = {
  name: "count",
  run: async ({ session }, next) => `${session} ${await next()}`,
};

describe("type arguments that are given", () => {
  it("type the context and next() of every step, definitions and nested arrays included", () => {
    compose<User, string>([
      (context, next) => {
        expectTypeOf(context).toEqualTypeOf<User>();
        expectTypeOf(next).toEqualTypeOf<Next<string>>();
        expectTypeOf(next()).toEqualTypeOf<Promise<string>>();
        return next();
      },
      [
        {
          name: "nested",
          hook: "middleware",
          repeatable: true,
          async run(context, next) {
            expectTypeOf(context).toEqualTypeOf<User>();
            expectTypeOf(next).toEqualTypeOf<Next<string>>();
            return next();
          },
        },
      ],
    ]);
  });

  it("refuse a step that returns another type", () => {
    // @ts-expect-error A number is no string.
    compose<User, string>([() => 5]);
    // @ts-expect-error Nor is the promise of one.
    compose<User, string>([async () => 5]);
    // @ts-expect-error A forgotten `return` gives undefined.
    compose<User, string>([async (_, next) => void (await next())]);
    // @ts-expect-error In a definition as in a function.
    compose<User, string>([{ name: "number", run: () => 5 }]);
  });

  it("refuse a property that the context does not have", () => {
    // @ts-expect-error There is no password.
    compose<User, string>([({ password }) => `${password}`]);
  });

  it("refuse a step that was written for an unrelated context", () => {
    // @ts-expect-error A user is no session.
    compose<User, string>([count]);
  });

  it("take steps of two contexts when the chain runs with both", () => {
    const run = compose<User & Session, string>([greet, count]);
    expectTypeOf(run).parameter(0).toEqualTypeOf<User & Session>();
  });
});

describe("type arguments that are not given", () => {
  it("are inferred from steps that are typed", () => {
    expectTypeOf(compose([greet])).toEqualTypeOf<Chain<User, string>>();
    expectTypeOf(compose([count])).toEqualTypeOf<Chain<Session, string>>();
    expectTypeOf(compose([greet, [greet, [{ name: "greet", run: greet }]]])).toEqualTypeOf<
      Chain<User, string>
    >();
  });

  it("reach a step that is not typed from one that is", () => {
    compose([
      greet,
      (context, next) => {
        expectTypeOf(context).toEqualTypeOf<User>();
        expectTypeOf(next).toEqualTypeOf<Next<string>>();
        return next();
      },
    ]);
  });

  it("are inferred from a chain that is a step", () => {
    const chain = compose<User, string>([greet]);
    expectTypeOf(compose([chain])).toEqualTypeOf<Chain<User, string>>();
    expectTypeOf(compose([chain, greet, [chain]])).toEqualTypeOf<Chain<User, string>>();
  });

  it("do not stretch over steps of two contexts: an error tells to give them", () => {
    // @ts-expect-error Session is not User.
    compose([greet, count]);
  });
});

describe("running a chain", () => {
  const run = compose<User, string>([greet]);

  it("gives the result with a core, and perhaps undefined without one", () => {
    expectTypeOf(run({ user: "Ada" }, () => "hello")).toEqualTypeOf<Promise<string>>();
    expectTypeOf(run({ user: "Ada" }, async () => "hello")).toEqualTypeOf<Promise<string>>();
    expectTypeOf(run({ user: "Ada" })).toEqualTypeOf<Promise<string | undefined>>();
    expectTypeOf(run({ user: "Ada" }, undefined)).toEqualTypeOf<Promise<string | undefined>>();
  });

  it("may give undefined when the core is optional or does so itself", () => {
    const maybe = undefined as Core<User, string> | undefined;
    expectTypeOf(run({ user: "Ada" }, maybe)).toEqualTypeOf<Promise<string | undefined>>();
    expectTypeOf(run({ user: "Ada" }, (_, next) => next())).toEqualTypeOf<Promise<string | undefined>>();
  });

  it("types the core's context, and its next(), which ends in undefined", () => {
    run({ user: "Ada" }, (context, next) => {
      expectTypeOf(context).toEqualTypeOf<User>();
      expectTypeOf(next).toEqualTypeOf<Next<undefined>>();
      return context.user;
    });
  });

  it("refuses another context, and a core with another result", () => {
    // @ts-expect-error The user is missing.
    run({});
    // @ts-expect-error A user is a string.
    run({ user: 5 }, () => "hello");
    // @ts-expect-error A number is no string.
    run({ user: "Ada" }, () => 5);
    // @ts-expect-error The core is a function, not a definition.
    run({ user: "Ada" }, { name: "core", run: () => "hello" });
  });

  it("takes a chain as the core, which ends in undefined where no step of it answers", () => {
    expectTypeOf(run({ user: "Ada" }, run)).toEqualTypeOf<Promise<string | undefined>>();
  });
});

describe("a chain", () => {
  it("is a step for its context and result", () => {
    expectTypeOf<Chain<User, string>>().toExtend<Step<User, string>>();
    expectTypeOf<Chain<User, string>>().toExtend<Step<User & Session, string>>();
    expectTypeOf<Chain<User, string>>().not.toExtend<Step<Session, string>>();
  });
});

describe("a step", () => {
  it("is a function, or a definition that carries its names", () => {
    expectTypeOf<(context: User, next: Next<string>) => string>().toExtend<Step<User, string>>();
    expectTypeOf<() => Promise<string>>().toExtend<Step<User, string>>();
    expectTypeOf<StepDefinition<User, string>>().toExtend<Step<User, string>>();
    expectTypeOf<StepDefinition<User, string>["repeatable"]>().toEqualTypeOf<boolean | undefined>();
  });

  it("has a name and a run when it is a definition, and nothing unknown", () => {
    // @ts-expect-error The name is missing.
    compose<User, string>([{ run: () => "text" }]);
    // @ts-expect-error The function is missing.
    compose<User, string>([{ name: "empty" }]);
    // @ts-expect-error It is spelt `repeatable`.
    compose<User, string>([{ name: "again", repeatible: true, run: () => "text" }]);
  });

  it("is repeatable by its definition alone", () => {
    expectTypeOf<StepDefinition<User, string>>().toHaveProperty("repeatable");
    expectTypeOf<StepFunction<User, string>>().not.toHaveProperty("repeatable");
    // @ts-expect-error Nor does it stand beside the definition's function.
    compose<User, string>([{ name: "again", run: { repeatable: true, run: greet } }]);
  });

  it("calls next() without arguments", () => {
    // @ts-expect-error The context is shared: what a step wants to pass on, it writes there.
    compose<User, string>([(context, next) => next(context)]);
  });
});

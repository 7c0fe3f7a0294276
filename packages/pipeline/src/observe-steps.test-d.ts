// oxlint-disable vitest/expect-expect -- an error that is expected is the assertion
import { expectTypeOf, it } from "vitest";
import { compose } from "./compose.ts";
import { observeSteps, type StepOutcome } from "./observe-steps.ts";
import type { Chain, Next, StepDefinition } from "./types.ts";

interface User {
  readonly user: string;
}

const greet = async ({ user }: User, next: Next<string>) => `${user}: ${await next()}`;

it("gives definitions of the steps' own types, for compose()", () => {
  const steps = observeSteps([greet, { name: "greet", run: greet }], {});
  expectTypeOf(steps).toEqualTypeOf<StepDefinition<User, string>[]>();
  expectTypeOf(compose(steps)).toEqualTypeOf<Chain<User, string>>();
});

it("observes a chain that is a step", () => {
  const steps = observeSteps([compose<User, string>([greet])], {});
  expectTypeOf(steps).toEqualTypeOf<StepDefinition<User, string>[]>();
});

it("types the events that the observer is told", () => {
  observeSteps([greet], {
    onStepStart: ({ name, hook, position, context, startedAt }) => {
      expectTypeOf([name, hook]).toEqualTypeOf<(string | undefined)[]>();
      expectTypeOf([position, startedAt]).toEqualTypeOf<number[]>();
      expectTypeOf(context).toEqualTypeOf<User>();
    },
    onStepEnd: ({ context, endedAt, outcome, error }) => {
      expectTypeOf(context).toEqualTypeOf<User>();
      expectTypeOf(endedAt).toEqualTypeOf<number>();
      expectTypeOf(outcome).toEqualTypeOf<StepOutcome>();
      expectTypeOf(error).toEqualTypeOf<unknown>();
    },
    now: () => 0,
  });
});

it("refuses an unknown hook, and an observer of another context", () => {
  // @ts-expect-error It is spelt `onStepStart`.
  observeSteps([greet], { onStart: () => {} });
  // @ts-expect-error There is no password.
  observeSteps([greet], { onStepEnd: ({ context }) => void context.password });
});

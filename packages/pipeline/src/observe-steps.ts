import type { Step, StepDefinition } from "./types.ts";

// Browsers, workers, Node, Deno and Bun all have it, the plain language does not.
declare const performance: { now(): number };

/** A step as an observer sees it. */
export interface StepEvent<Context> {
  readonly name: string;
  readonly hook: string | undefined;
  /** Position among the observed steps, from 0 for the outermost. */
  readonly position: number;
  /** What the chain was run with. It tells one run from another. */
  readonly context: Context;
  /** When the step started, in milliseconds of the observer's clock. */
  readonly startedAt: number;
}

/** How a step ended: after calling `next()`, without calling it, or by throwing. */
export type StepOutcome = "returned" | "early" | "threw";

/** The same event, completed. */
export interface StepEndEvent<Context> extends StepEvent<Context> {
  readonly endedAt: number;
  readonly outcome: StepOutcome;
  /** What the step threw, when the outcome is `threw`. */
  readonly error?: unknown;
}

/** Is told of every step's start and end. What it throws surfaces as an unhandled rejection and changes no run. */
export interface StepObserver<Context> {
  onStepStart?(event: StepEvent<Context>): void;
  onStepEnd?(event: StepEndEvent<Context>): void;
  /** The clock, in milliseconds. Default: `performance.now`. A time is `NaN` when it throws. */
  now?(): number;
}

/**
 * Wraps steps so that an observer is told of each one's start, end and outcome, with no cooperation from the
 * steps. Give the result to `compose`; steps that are not observed cost nothing.
 *
 * @example
 * ```ts
 * import { compose, observeSteps } from "@x/pipeline";
 *
 * const steps = [async function auth(_: object, next: () => Promise<string>) {
 *   return next();
 * }];
 * const run = compose(observeSteps(steps, { onStepEnd: ({ name, outcome }) => console.log(name, outcome) }));
 * await run({}, () => "done"); // auth returned
 * ```
 */
export function observeSteps<Context, Result>(
  steps: readonly Step<Context, Result>[],
  observer: StepObserver<Context>,
): StepDefinition<Context, Result>[] {
  return steps.map((step, position) => {
    const definition = typeof step === "function" ? { name: step.name, run: step } : step;
    return { ...definition, run: observed(definition, position, observer) };
  });
}

function observed<Context, Result>(
  { name, hook, run }: StepDefinition<Context, Result>,
  position: number,
  observer: StepObserver<Context>,
): StepDefinition<Context, Result>["run"] {
  const now = () => {
    let time = Number.NaN;
    tell(() => {
      time = observer.now ? observer.now() : performance.now();
    });
    return time;
  };
  return async function observedStep(context, next) {
    const started: StepEvent<Context> = { name, hook, position, context, startedAt: now() };
    let calledNext = false;
    const end = (outcome: StepOutcome, failure: { error?: unknown } = {}) =>
      tell(() => observer.onStepEnd?.({ ...started, endedAt: now(), outcome, ...failure }));

    tell(() => observer.onStepStart?.(started));
    try {
      const result = await run(context, () => {
        calledNext = true;
        return next();
      });
      end(calledNext ? "returned" : "early");
      return result;
    } catch (error) {
      end("threw", { error });
      throw error;
    }
  };
}

/** Keeps a faulty observer out of the run and its error visible. */
function tell(notify: () => void): void {
  try {
    notify();
  } catch (error) {
    void Promise.reject(error);
  }
}

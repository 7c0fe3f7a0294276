import type { StepDefinition } from "@x/pipeline";
import type { Next, Plugin } from "../types.ts";

/** What the steps of one run share, in mount and in invoke alike. */
export interface Progress<Data> {
  readonly data: Data;
  /** Whose code runs now: a step's position, or -1 outside. */
  position: number;
  /** The failure that came furthest out so far, until somebody deals with it. */
  failure: Failure | undefined;
  /** Told when a hook ended before what its `next()` had started. The run waits for that all the same. */
  onNotAwaited(plugin: Plugin, hook: string): void;
}

/** What a step threw, and how far out that has come. */
export interface Failure {
  readonly error: unknown;
  readonly position: number;
}

/**
 * Makes a hook a step that waits for what the hook has started, keeps account of whose code runs, and puts a failure
 * on record until it is dealt with. So a hook that forgets `await` loses neither result nor error, and what nobody
 * awaits ends no process.
 */
export function toStep<Data, Run extends Progress<Data>>(
  plugin: Plugin,
  hook: string,
  call: (data: Data, next: Next) => unknown,
  position: number,
): StepDefinition<Run, void> {
  const run = (progress: Run, next: Next): Promise<void> | undefined => {
    let inner: Promise<void> | undefined;
    let again: Promise<void> | undefined;
    let step: Promise<void> | undefined;

    const callNext = (): Promise<void> => {
      const promise = next();
      // The engine refuses a second call; the hook may well not look.
      if (inner) again = promise;
      else inner = promise;
      return promise;
    };
    const leave = (): void => {
      progress.position = position - 1;
    };
    const fail = (thrown: unknown): never => {
      leave();
      progress.failure = { error: thrown, position };
      step?.catch(ignore);
      throw thrown;
    };
    const finish = (): Promise<void> | undefined => {
      if (again) return again.then(leave, fail);
      // Whoever awaited `next()` has the position back by now.
      if (!inner || progress.position === position) return void leave();
      progress.onNotAwaited(plugin, hook);
      return inner.then(leave, fail);
    };

    progress.position = position;
    try {
      const result = call(progress.data, callNext);
      step = isThenable(result) ? Promise.resolve(result).then(finish, fail) : finish();
    } catch (error) {
      step = Promise.reject(error).catch(fail);
    }
    return step;
  };
  // A synchronous hook gives `undefined`, which the engine makes a promise of.
  return { name: plugin.name, hook, run: run as StepDefinition<Run, void>["run"] };
}

const ignore = (): void => {};

/** Tells what `await` would wait for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

import type { Next, Plugin } from "../../types.ts";

/** What one call of a hook did with its `next()`. */
export interface HookCall {
  readonly hook: "onMount" | "onInvoke";
  /** How often it called `next()`. */
  calls: number;
  /** Whether it ended while what `next()` had started was still running. */
  endedEarly: boolean;
  /** What `next()` rejected with, once it has. */
  inner: { readonly error: unknown } | undefined;
  /** What the hook itself threw, if it did. */
  outer: { readonly error: unknown } | undefined;
}

/** A plugin that does what another does, and the calls of its hooks. */
export interface WatchedPlugin {
  readonly plugin: Plugin;
  readonly calls: readonly HookCall[];
}

type Hook<Data> = (data: Data, next: Next) => unknown;

/** Looks at what a plugin's hooks do with `next()`, and changes nothing of it. */
export function watchNext(watched: Plugin): WatchedPlugin {
  const calls: HookCall[] = [];
  const watch = <Data>(hook: HookCall["hook"], run: Hook<Data>): Hook<Data> => {
    return async (data, next) => {
      const call: HookCall = { hook, calls: 0, endedEarly: false, inner: undefined, outer: undefined };
      calls.push(call);
      let running = 0;
      const end = () => void (running -= 1);
      const watchedNext = () => {
        call.calls += 1;
        running += 1;
        const promise = next();
        // Told before the hook is, which waits for the same promise.
        promise.then(end, (error: unknown) => {
          end();
          call.inner ??= { error };
        });
        return promise;
      };
      try {
        await run(data, watchedNext);
      } catch (error) {
        call.outer = { error };
        throw error;
      } finally {
        call.endedEarly = running > 0;
      }
    };
  };
  const { type, name, onMount, onInvoke, onClose } = watched;
  return {
    calls,
    plugin: {
      type,
      name,
      ...(onMount && { onMount: watch("onMount", onMount.bind(watched)) }),
      ...(onInvoke && { onInvoke: watch("onInvoke", onInvoke.bind(watched)) }),
      ...(onClose && { onClose: () => onClose.call(watched) }),
    },
  };
}

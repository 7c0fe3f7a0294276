import type { AnyClient } from "./client-types.ts";

/** What all hooks that belong together have in common. */
export interface HookScope {
  /** A hook: the client of the nearest provider, else the one that the hooks were made with. */
  readonly useClient: () => AnyClient;
  /**
   * Runs what asks the client something while React is rendering. The client may find out by it that somebody else is
   * signed in, and tell mounted observers; React must not hear of that before the rendering is over.
   */
  readonly quietly: <Result>(ask: () => Result) => Result;
  /** Passes on that something has changed: at once, or as soon as nothing is asked any more. */
  readonly tell: (listener: () => void) => void;
}

export function createHookScope(useClient: () => AnyClient): HookScope {
  let asking = 0;
  return {
    useClient,
    quietly(ask) {
      asking += 1;
      try {
        return ask();
      } finally {
        asking -= 1;
      }
    },
    tell(listener) {
      if (asking > 0) queueMicrotask(listener);
      else listener();
    },
  };
}

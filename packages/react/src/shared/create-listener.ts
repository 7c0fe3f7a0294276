import type { HookScope } from "./hook-scope.ts";

/** The one listener of a component, which React gives and takes. */
export interface Listener {
  readonly subscribe: (listener: () => void) => () => void;
  readonly tell: () => void;
}

export function createListener({ tell }: HookScope): Listener {
  let current = () => {};
  return {
    subscribe(listener) {
      current = listener;
      return () => {
        current = () => {};
      };
    },
    tell: () => tell(() => current()),
  };
}

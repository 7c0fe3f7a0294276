import type { ClientEventRegistry } from "./registries.ts";

/** Carries events between plugins, observers and applications. */
export interface EventEmitter {
  /** Adds a listener and returns a function that removes it, as often as it is called. */
  on<Name extends keyof ClientEventRegistry>(
    name: Name,
    listener: (event: ClientEventRegistry[Name]) => void,
  ): () => void;
  /** Calls every listener in the order of their adding. One that throws is reported and stops no other. */
  emit<Name extends keyof ClientEventRegistry>(name: Name, event: ClientEventRegistry[Name]): void;
}

/** Listeners by the name of what they listen to. */
export interface NamedListeners<Events extends object> {
  on<Name extends keyof Events & string>(name: Name, listener: (event: Events[Name]) => void): () => void;
  emit<Name extends keyof Events & string>(name: Name, event: Events[Name]): void;
  /** The names that somebody listens to. */
  names(): string[];
  /** How many listen to it. */
  count(name: keyof Events & string): number;
  clear(): void;
}

export function createNamedListeners<Events extends object>(
  onThrow: (error: unknown, name: string) => void,
): NamedListeners<Events> {
  const listeners = new Map<string, Set<{ readonly call: (event: never) => void }>>();
  return {
    on(name, call) {
      // A fresh object for each call of `on`: one function added twice is two subscriptions.
      const listener = { call };
      const named = listeners.get(name) ?? new Set();
      listeners.set(name, named.add(listener));
      return () => {
        named.delete(listener);
        if (named.size === 0 && listeners.get(name) === named) listeners.delete(name);
      };
    },
    emit(name, event) {
      const named = listeners.get(name);
      if (!named) return;
      for (const { call } of [...named]) {
        try {
          call(event as never);
        } catch (error) {
          onThrow(error, name);
        }
      }
    },
    names: () => [...listeners.keys()],
    count: (name) => listeners.get(name)?.size ?? 0,
    clear: () => listeners.clear(),
  };
}

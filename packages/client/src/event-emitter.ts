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

/** An emitter that its owner can empty. */
export interface OwnedEventEmitter extends EventEmitter {
  clear(): void;
}

export function createEventEmitter(onThrow: (error: unknown, name: string) => void): OwnedEventEmitter {
  const listeners = new Map<string, Set<{ readonly call: (event: never) => void }>>();
  return {
    on(name, call) {
      // A fresh object for each call of `on`: one function added twice is two subscriptions.
      const listener = { call };
      const named = listeners.get(name) ?? new Set();
      listeners.set(name, named.add(listener));
      return () => {
        named.delete(listener);
      };
    },
    emit(name, event) {
      for (const { call } of [...(listeners.get(name) ?? [])]) {
        try {
          call(event as never);
        } catch (error) {
          onThrow(error, name);
        }
      }
    },
    clear: () => listeners.clear(),
  };
}

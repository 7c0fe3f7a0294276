import type { AnyPlugin } from "../plugin/plugin.ts";
import { remember } from "../client/remember.ts";
import { createOperationChain, type OperationChain } from "./chain.ts";
import type { InstrumentSteps } from "./context-types.ts";

/** The chains of a client, each made when an operation is first asked for. */
export interface OperationChains {
  readonly chainFor: (operation: string) => OperationChain;
  /** Wraps the steps of chains that are asked for from now on, until what it returns is called. */
  readonly instrument: (wrap: InstrumentSteps) => () => void;
}

export function createOperationChains(
  plugins: readonly AnyPlugin[],
  ownWrap: InstrumentSteps = (steps) => steps,
): OperationChains {
  let wraps: readonly { readonly wrap: InstrumentSteps }[] = [];
  let chainFor = createChains();

  function createChains(): OperationChains["chainFor"] {
    const wrapAll: InstrumentSteps = (steps, operation) =>
      wraps.reduce((wrapped, { wrap }) => wrap(wrapped, operation), ownWrap(steps, operation));
    return remember((operation) => createOperationChain(plugins, operation, wrapAll));
  }

  function change(changed: typeof wraps): void {
    wraps = changed;
    // Requests keep the chain that they were made with.
    chainFor = createChains();
  }

  return {
    chainFor: (operation) => chainFor(operation),
    instrument(wrap) {
      // A fresh object for each call: one function given twice wraps twice.
      const added = { wrap };
      change([...wraps, added]);
      return () => {
        if (wraps.includes(added)) change(wraps.filter((other) => other !== added));
      };
    },
  };
}

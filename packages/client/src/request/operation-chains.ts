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
  const wraps = new Set([{ wrap: ownWrap }]);
  let chainFor: OperationChains["chainFor"];

  /** Makes the chains anew. Requests keep the one that they were made with. */
  function renew(): void {
    chainFor = remember((operation) =>
      createOperationChain(plugins, operation, (steps) =>
        [...wraps].reduce((wrapped, { wrap }) => wrap(wrapped, operation), steps),
      ),
    );
  }

  renew();
  return {
    chainFor: (operation) => chainFor(operation),
    instrument(wrap) {
      // A fresh object for each call: one function given twice wraps twice.
      const added = { wrap };
      wraps.add(added);
      renew();
      return () => {
        wraps.delete(added);
        renew();
      };
    },
  };
}

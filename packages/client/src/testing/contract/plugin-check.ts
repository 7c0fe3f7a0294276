/** The checks of the contract. These names are stable. */
export type PluginCheckId =
  | "name"
  | "setup"
  | "next"
  | "outcomes"
  | "failures"
  | "data"
  | "inputs"
  | "abort"
  | "own-state"
  | "concurrency"
  | "identity"
  | "lifecycle"
  | "disposal";

/** One promise of the contract, as a test runner takes it. */
export interface PluginCheck {
  readonly id: PluginCheckId;
  /** A sentence whose subject is the plugin. */
  readonly name: string;
  /** Why it is left out, where it is. */
  readonly skipped: string | undefined;
  /** Rejects where the plugin breaks the promise, with what is wrong and how to mend it. */
  readonly run: () => Promise<void>;
}

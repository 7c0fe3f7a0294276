/** The checks of the contract. These names are stable. */
export type PluginCheckId =
  | "identity"
  | "hooks"
  | "name-from-options"
  | "next-in-mount"
  | "next-in-invoke"
  | "errors"
  | "results"
  | "mount-again"
  | "close"
  | "own-state"
  | "shared-instance"
  | "concurrency"
  | "config"
  | "secrets"
  | "job";

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

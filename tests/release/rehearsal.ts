/** What the tests of one run share: made by the global setup, gone after the last test. */
export interface Rehearsal {
  /** A temporary folder outside the working tree. Everything that the rehearsal writes lies in it. */
  readonly folder: string;
  /** The registry's address, with a slash at the end. */
  readonly registryUrl: string;
  /** `git status --porcelain` of the working tree before anything ran. */
  readonly statusBefore: string;
}

/** In the rehearsal's folder: one file for each running command, named after its process group. */
export const COMMANDS_FOLDER = "commands";

declare module "vitest" {
  interface ProvidedContext {
    readonly rehearsal: Rehearsal;
  }
}

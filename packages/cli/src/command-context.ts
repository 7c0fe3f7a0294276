import type { JobState } from "@x/jobs";
import type { Terminal } from "./output/terminal.ts";

/** What all commands are told. */
export interface CommonOptions {
  /** The folder of the API files, as it was given. */
  readonly root?: string | undefined;
  readonly stage?: string | undefined;
}

/** Where a server is to listen. */
export interface ServeOptions extends CommonOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** How `x dev` serves. */
export interface DevOptions extends ServeOptions {
  /** Where the contract is written; `true` for its usual place. Without it, one that is there is kept current. */
  readonly types?: string | true | undefined;
}

/** What `x types` writes. */
export interface TypesOptions extends CommonOptions {
  readonly out?: string | undefined;
  readonly check?: boolean | undefined;
}

/** Where the jobs are. */
export interface JobsOptions extends CommonOptions {
  /** The file that exports them, as it was given. */
  readonly file?: string | undefined;
}

/** Which jobs `x jobs list` tells of. */
export interface JobsListOptions extends JobsOptions {
  readonly queue?: string | undefined;
  readonly state?: JobState | undefined;
  readonly limit?: number | undefined;
}

/** What `x worker` takes. */
export interface WorkerOptions extends JobsOptions {
  /** Separated by commas. */
  readonly queues?: string | undefined;
  readonly concurrency?: number | undefined;
}

/** What a command works with. */
export interface CommandContext<Options extends CommonOptions = CommonOptions> {
  readonly terminal: Terminal;
  readonly options: Options;
}

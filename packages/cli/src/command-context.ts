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

/** What a command works with. */
export interface CommandContext<Options extends CommonOptions = CommonOptions> {
  readonly terminal: Terminal;
  readonly options: Options;
}

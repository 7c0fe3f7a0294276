import type { Listening } from "@x/server/tooling";
import type { ServeOptions } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { describeFailure } from "../output/describe-failure.ts";
import { tellFailure } from "../output/tell-failure.ts";
import type { Terminal } from "../output/terminal.ts";
import type { Project } from "./open-project.ts";

const DEFAULT_PORT = 3000;

/** Listens where the options say, else at the port of the variable PORT. Mounting and stopping are the command's. */
export function listen({ app }: Project, { port = readPort(), host }: ServeOptions): Promise<Listening> {
  return app.listen({ port, ...(host === undefined ? {} : { host }), mount: false, signals: false });
}

/** Closes the app: running requests may end, then every plugin's `onClose` runs. */
export async function close({ app, root }: Project, terminal: Terminal): Promise<ExitCode> {
  try {
    await app.close();
    return EXIT.ok;
  } catch (error) {
    tellFailure(terminal, describeFailure(error, root));
    return EXIT.failed;
  }
}

function readPort(): number {
  const text = process.env["PORT"];
  if (text === undefined || text === "") return DEFAULT_PORT;
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CliError("INVALID_USAGE", "the variable PORT is no number from 0 to 65535");
}

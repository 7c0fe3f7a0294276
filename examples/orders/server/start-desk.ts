import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, createApp, type Listening, type Logger } from "@x/server";
import { fillOnce } from "../database/fill-once.ts";
import { noteSteps } from "./note-steps.ts";
import { createPage } from "./page.ts";

/** Options of `startDesk`. */
export interface DeskOptions {
  /** Where all is kept: the database, exports, mails. One that is not there is made, and filled with two shops. */
  readonly dataFolder: string;
  /** Where the built page is. Without it there are the APIs alone. */
  readonly pageFolder?: string | undefined;
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** What tokens are signed with. Default: new ones each time, so that everybody signs in again after a restart. */
  readonly authSecret?: string | undefined;
  /** What session cookies are sealed with. Default: as above. */
  readonly sessionSecret?: string | undefined;
  readonly logger?: Logger | undefined;
}

/** Starts the desk on this machine, and waits until every function is ready. */
export async function startDesk(options: DeskOptions): Promise<{ app: App; server: Listening }> {
  const { dataFolder, pageFolder, port = 0, logger } = options;
  const app = createApp({
    root: new URL("../api/", import.meta.url),
    routes: pageFolder ? { "*": await createPage(pageFolder) } : {},
    env: {
      AUTH_SECRET: options.authSecret ?? newSecret(),
      SESSION_SECRET: options.sessionSecret ?? newSecret(),
      DATA_FOLDER: dataFolder,
      MIGRATIONS_FOLDER: fileURLToPath(new URL("../database/migrations/", import.meta.url)),
    },
    instrument: noteSteps,
    ...(logger && { logger }),
  });
  try {
    await app.mount();
    await fillOnce(join(dataFolder, "pg"));
    return { app, server: await app.listen({ port, host: "127.0.0.1" }) };
  } catch (error) {
    // What had been mounted has the database open.
    await app.close();
    throw error;
  }
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

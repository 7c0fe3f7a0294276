import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLogger } from "@x/server/testing";
import { inject } from "vitest";
import { SEED_PASSWORD } from "../database/seed-words.ts";
import { createDeskClient, type DeskClient } from "../page/src/client/create-desk-client.ts";
import { createSession } from "../page/src/client/session.ts";
import { type DeskOptions, startDesk } from "../server/start-desk.ts";

/** A desk with two shops of its own. */
export interface TestDesk {
  readonly url: string;
  readonly dataFolder: string;
  /** A client of the page, as somebody of the staff, or as nobody. */
  signIn(email?: string): Promise<DeskClient>;
  /** Closes the server, and leaves the data. */
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(options?: Partial<DeskOptions>): Promise<void>;
  close(): Promise<void>;
}

/** The staff of the shops, one for each kind. */
export const MANAGER = "maya@harbour.example";
export const CLERK = "tom@harbour.example";
export const OTHER_SHOP = "jonas@northlight.example";

/** Starts a desk on a copy of the prepared data. */
export async function startTestDesk(options: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const dataFolder = await mkdtemp(join(tmpdir(), "desk-"));
  await cp(inject("dataFolder"), dataFolder, { recursive: true });
  const defaults = {
    dataFolder,
    logger: silentLogger,
    authSecret: "a".repeat(32),
    sessionSecret: "s".repeat(32),
  };
  let { server } = await startDesk({ ...defaults, ...options });
  const { url, port } = server;
  const clients: DeskClient[] = [];
  return {
    url,
    dataFolder,
    async signIn(email) {
      const session = createSession();
      const client = createDeskClient(url, session);
      clients.push(client);
      if (!email) return client;
      const body = { email, password: SEED_PASSWORD };
      const { data, error } = await client.post("session/sign-in", { body, auth: false });
      if (error) throw error;
      session.set(data);
      client.checkIdentity();
      return client;
    },
    stop: () => server.close(),
    async start(changed = {}) {
      ({ server } = await startDesk({ ...defaults, ...options, port, ...changed }));
    },
    async close() {
      for (const client of clients) client.dispose();
      await server.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a module exports that serves one candidate. */
export interface ServerModule {
  /** Listens on a free port of 127.0.0.1, and says which. */
  listen(): Promise<number>;
}

/** How long an idle connection stays open, in every server: longer than its turn takes to come again. */
export const KEEP_ALIVE_MS = 65_000;

/** Has a server listen as `ServerModule` asks for. */
export function listenOnFreePort(server: Server): Promise<number> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // An address is a text for a socket's path alone.
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

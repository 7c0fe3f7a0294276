import type { App, AppOptions } from "../app/app-types.ts";
import { createApp } from "../app/create-app.ts";
import { silentLogger } from "./silent-logger.ts";

/**
 * An app for tests, without a port: `app.fetch` answers requests as a server would. Its stage is `testing`, and it
 * drops its log unless it is given a logger.
 *
 * @example
 * ```ts
 * import { defineApi } from "@x/server";
 * import { createTestApp } from "@x/server/testing";
 *
 * await using app = createTestApp({ routes: { ping: defineApi({ method: "GET", handler: () => "pong" }) } });
 * const response = await app.fetch(new Request("http://localhost/ping"));
 * console.log(response.status, await response.json()); // 200 pong
 * ```
 */
export function createTestApp(options: AppOptions): App {
  return createApp({ stage: "testing", logger: silentLogger, ...options });
}

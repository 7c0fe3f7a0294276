import type { Logger } from "@x/server";
import type { DatabaseSettings } from "../pg-settings.ts";
import type { ConnectedDatabase } from "./connected-database.ts";

/**
 * Opens a database, and makes sure that it answers.
 *
 * @throws ServerError `DRIVER_NOT_FOUND`, `DATABASE_UNREACHABLE`, `DATABASE_IN_USE`.
 */
export async function connectDatabase(
  settings: DatabaseSettings,
  logger: Logger,
): Promise<ConnectedDatabase> {
  // Each is loaded when it is used: the other one's driver need not be there.
  if (settings.kind === "server") {
    const { openServer } = await import("../postgres/open-server.ts");
    return openServer(settings, logger);
  }
  const { openEmbedded } = await import("../pglite/open-embedded.ts");
  return openEmbedded(settings);
}

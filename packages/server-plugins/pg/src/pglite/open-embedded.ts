import { CompiledQuery, DefaultConnectionProvider, DefaultQueryExecutor, PGliteDialect } from "kysely";
import { ScopedClient } from "../client/scoped-client.ts";
import { loadDriver } from "../database/load-driver.ts";
import type { ConnectedDatabase } from "../database/connected-database.ts";
import { pgError } from "../errors.ts";
import type { FolderSettings, MemorySettings } from "../pg-settings.ts";
import { ConnectionLock } from "../request/connection-lock.ts";
import { EmbeddedDriver } from "./embedded-driver.ts";
import { lockFolder } from "./lock-folder.ts";
import { readLikeServer } from "./server-values.ts";

/** Opens the embedded database. */
export async function openEmbedded(settings: FolderSettings | MemorySettings): Promise<ConnectedDatabase> {
  const { PGlite } = await loadDriver("@electric-sql/pglite", () => import("@electric-sql/pglite"));
  const unlock = settings.kind === "folder" ? await lockFolder(settings.folder) : async () => {};
  const lock = new ConnectionLock();
  try {
    const pglite = await PGlite.create(settings.kind === "folder" ? settings.folder : "memory://");
    readLikeServer(pglite);
    const dialect = new PGliteDialect({ pglite });
    const driver = new EmbeddedDriver(pglite, lock, (database) => database === opened);
    const executor = new DefaultQueryExecutor(
      dialect.createQueryCompiler(),
      dialect.createAdapter(),
      new DefaultConnectionProvider(driver),
    );
    const parts = { config: { dialect }, dialect, driver, executor, lock, isTransaction: false };
    const opened: ConnectedDatabase = {
      kind: settings.kind,
      client: new ScopedClient(parts),
      parts,
      async close() {
        await driver.destroy();
        await unlock();
      },
    };
    await driver.init();
    await opened.client.executeQuery(CompiledQuery.raw("select 1"));
    return opened;
  } catch (cause) {
    await unlock();
    const where = settings.kind === "folder" ? `in ${settings.folder}` : "in memory";
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw pgError("DATABASE_UNREACHABLE", `the embedded database ${where} cannot be opened: ${reason}`, {
      cause,
    });
  }
}

import type { Plugin } from "@x/server";
import type { Database } from "@x/server-pg";
import type { Project } from "./open-project.ts";

/** A database that has migrations. */
export interface ProjectDatabase {
  /** The name of the plugin that it is configured by. */
  readonly plugin: string;
  /** Absolute path. */
  readonly folder: string;
  readonly database: Database;
}

/** The plugin of `@x/server-pg`, or one like it. */
type DatabasePlugin = Plugin & { open(): Promise<Database> };

/**
 * Runs `use` with every database of the project that has migrations, each once, however many functions share it. They
 * are open as long as it runs; no function is mounted.
 */
export async function withDatabases<Result>(
  project: Project,
  use: (databases: readonly ProjectDatabase[]) => Promise<Result>,
): Promise<Result> {
  const opened: Database[] = [];
  const found: ProjectDatabase[] = [];
  try {
    for (const plugin of await findDatabasePlugins(project)) {
      const database = await plugin.open();
      opened.push(database);
      const { db, migrations: folder } = database;
      if (folder === undefined) continue;
      if (found.some((it) => it.database.db === db && it.folder === folder)) continue;
      found.push({ plugin: plugin.name, folder, database });
    }
    return await use(found);
  } finally {
    for (const database of opened) await database.close();
  }
}

/** The plugins of all functions that can open a database, each as its function's configuration makes it. */
async function findDatabasePlugins({
  app,
  root,
  server,
  config,
}: Project): Promise<readonly DatabasePlugin[]> {
  const found: DatabasePlugin[] = [];
  for (const { paths, file } of await app.routes()) {
    const func = await app.load(paths[0]!);
    if (!func) continue;
    const resolved = await config.resolve(file, func.config);
    const builtIn = server.builtInPlugins;
    const plugins = await server.preparePlugins({ config: resolved, plugins: func.plugins, builtIn, root });
    found.push(...plugins.filter(isDatabasePlugin));
  }
  return found;
}

function isDatabasePlugin(plugin: Plugin): plugin is DatabasePlugin {
  return "open" in plugin && typeof plugin.open === "function";
}

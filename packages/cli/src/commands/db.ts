import type { MigrationStatus } from "@x/server-pg";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { toColumns } from "../output/columns.ts";
import { toShownPath } from "../output/place.ts";
import { type ProjectDatabase, withDatabases } from "../project/find-databases.ts";
import { openProject, type Project } from "../project/open-project.ts";

const STYLES = { done: "green", pending: "yellow", changed: "red", missing: "red", late: "red" } as const;

/** Runs pending migrations, one database after the other. */
export async function migrate({ terminal, options }: CommandContext): Promise<ExitCode> {
  const project = await openProject(options);
  await withMigrations(project, async (databases) => {
    const ran: { plugin: string; folder: string; migrations: readonly string[] }[] = [];
    for (const { plugin, folder, database } of databases) {
      const migrations = await database.migrate();
      ran.push({ plugin, folder, migrations });
      terminal.line(toHeading(plugin, folder));
      for (const name of migrations) terminal.line(`  ${terminal.paint("green", "ran")}  ${name}`);
      if (migrations.length === 0) terminal.line("  nothing to run");
    }
    terminal.document({ ok: true, stage: project.stage, databases: ran });
  });
  return EXIT.ok;
}

/** Tells how every migration stands. One that does not fit what has run is a problem; a pending one is none. */
export async function status({ terminal, options }: CommandContext): Promise<ExitCode> {
  const project = await openProject(options);
  return withMigrations(project, async (databases) => {
    const told: { plugin: string; folder: string; migrations: readonly MigrationStatus[] }[] = [];
    for (const { plugin, folder, database } of databases) {
      const migrations = await database.migrationStatus();
      told.push({ plugin, folder, migrations });
      terminal.line(toHeading(plugin, folder));
      const rows = migrations.map(({ name, state, ranAt }) => [
        terminal.paint(STYLES[state], state),
        name,
        ranAt === undefined ? "" : terminal.paint("dim", ranAt.toISOString()),
      ]);
      for (const line of toColumns(rows, { indent: "  " })) terminal.line(line);
      if (migrations.length === 0) terminal.line("  no migrations");
    }
    const isSound = told.every(({ migrations }) =>
      migrations.every(({ state }) => state === "done" || state === "pending"),
    );
    terminal.document({ ok: isSound, stage: project.stage, databases: told });
    return isSound ? EXIT.ok : EXIT.failed;
  });
}

async function withMigrations<Result>(
  project: Project,
  use: (databases: readonly ProjectDatabase[]) => Promise<Result>,
): Promise<Result> {
  return withDatabases(project, async (databases) => {
    if (databases.length > 0) return use(databases);
    throw new CliError(
      "NO_MIGRATIONS",
      "no function of the project has a database with migrations: configure the plugin pg with migrations: <folder>",
    );
  });
}

function toHeading(plugin: string, folder: string): string {
  return `${plugin}  ${toShownPath(folder)}`;
}

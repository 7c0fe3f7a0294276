import type { MountData } from "@x/server";
import type { DatabaseShare } from "../database/shared-databases.ts";
import type { MigrationSettings } from "../pg-settings.ts";
import { readMigrationStatus, runMigrations } from "./run-migrations.ts";

/** What mounting does about migrations, once for all functions: it runs them, or says what is to be run. */
export async function prepareMigrations(
  { database: { client }, once }: DatabaseShare,
  migrations: MigrationSettings | undefined,
  { logger, signal }: Pick<MountData, "logger" | "signal">,
): Promise<void> {
  if (!migrations) return;
  const { folder, runsOnMount } = migrations;
  await once(`${runsOnMount ? "run" : "check"} ${folder}`, async () => {
    if (runsOnMount) {
      const names = await runMigrations(client, folder, signal);
      if (names.length > 0) logger.info({ migrations: names }, "migrations have run");
      return;
    }
    const open = (await readMigrationStatus(client, folder)).filter(({ state }) => state !== "done");
    // Whoever deploys in steps runs them before or after, and the functions must live with both.
    if (open.length > 0)
      logger.warn({ migrations: open }, "the database has not had all migrations: x db status tells which");
  });
}

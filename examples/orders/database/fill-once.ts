import { openDatabase } from "@x/server-pg";
import { makeReports } from "./make-reports.ts";
import { seed } from "./seed.ts";

/** Fills tables that are still empty with two shops: all of it or, when that is broken off, nothing. */
export async function fillOnce(folder: string, until = new Date()): Promise<void> {
  await using database = await openDatabase({ folder });
  const { db } = database;
  if (await db.selectFrom("tenants").select("id").executeTakeFirst()) return;
  await db.transaction().execute(async (transaction) => {
    await seed(transaction, until);
    await makeReports(transaction, until);
  });
}

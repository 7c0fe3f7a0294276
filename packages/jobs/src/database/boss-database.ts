import type { Db } from "pg-boss";
import type { JobDatabase, SqlRunner } from "../types.ts";
import { runSql } from "./run-sql.ts";
import { splitStatements } from "./split-statements.ts";

/** What pg-boss runs single statements on: a transaction, most of all. */
export function toBossRunner(db: SqlRunner): Db {
  return { executeSql: async (text, values) => ({ rows: await runSql(db, text, values) }) };
}

/**
 * What pg-boss runs everything on. Its scripts, `BEGIN; …; COMMIT`, are run statement by statement on one connection,
 * since neither PGlite nor a prepared statement takes several at once.
 */
export function toBossDatabase(db: JobDatabase): Db {
  return {
    async executeSql(text, values) {
      const statements = values?.length ? [text] : splitStatements(text);
      if (statements.length === 1) return { rows: await runSql(db, statements[0]!, values) };
      return { rows: await db.connection().execute((connection) => runScript(connection, statements)) };
    },
  };
}

async function runScript(connection: SqlRunner, statements: readonly string[]): Promise<unknown[]> {
  const rows: unknown[] = [];
  try {
    for (const statement of statements) rows.push(...(await runSql(connection, statement)));
    return rows;
  } catch (error) {
    // The connection goes back to others, and must not take a broken transaction along.
    await runSql(connection, "ROLLBACK").catch(() => {});
    throw error;
  }
}

import { CompiledQuery } from "kysely";
import type { SqlRunner } from "../types.ts";

/** Runs one statement. Its rows are what it says they are. */
export async function runSql<Row>(
  db: SqlRunner,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(sql, [...parameters]));
  return rows as Row[];
}

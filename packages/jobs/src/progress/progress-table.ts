import { runSql } from "../database/run-sql.ts";
import type { JobReference, SqlRunner } from "../types.ts";

/** What handlers have reported. */
export class ProgressTable {
  readonly #schema: string;

  constructor(schema: string) {
    this.#schema = schema;
  }

  /** `value` is JSON. */
  async write(db: SqlRunner, { id, queue }: JobReference, value: string): Promise<void> {
    await runSql(
      db,
      `INSERT INTO ${this.#schema}.job_progress (id, queue, value) VALUES ($1::uuid, $2, $3::text::jsonb)
      ON CONFLICT (id) DO UPDATE SET value = excluded.value, updated_on = now()`,
      [id, queue, value],
    );
  }

  /** Forgets what jobs have reported that are no longer kept. `queue` is the name of a version's queue. */
  async sweep(db: SqlRunner): Promise<void> {
    await runSql(
      db,
      `DELETE FROM ${this.#schema}.job_progress p
      WHERE NOT EXISTS (SELECT 1 FROM ${this.#schema}.job j WHERE j.name = p.queue AND j.id = p.id)`,
    );
  }
}

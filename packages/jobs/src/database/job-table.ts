import type { SqlRunner } from "../types.ts";
import { runSql } from "./run-sql.ts";

/** A job as a worker takes it: what an attempt needs, and nothing of the forty columns beside it. */
export interface TakenJob extends Hold {
  readonly data: unknown;
  readonly retryLimit: number;
  /** Milliseconds since 1970. */
  readonly enqueuedAt: number;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  readonly timeoutSeconds: number;
  readonly leaseSeconds: number;
}

/** A worker's hold on one attempt of a job. */
export interface Hold {
  readonly id: string;
  /**
   * How often it was taken before. It grows when another worker takes the job, so that who has lost it can neither
   * renew nor complete what is not theirs any more.
   */
  readonly retryCount: number;
}

/** A hold whose handler has ended well. */
export interface CompletedHold extends Hold {
  /** What the handler returned, as JSON; `null` for nothing. */
  readonly output: string | null;
}

/** Numbers in types that every driver gives as numbers, and times that nobody has to parse. */
const TAKEN = `j.id, j.data, j.retry_count::int AS "retryCount", j.retry_limit::int AS "retryLimit",
  (extract(epoch FROM j.created_on) * 1000)::float8 AS "enqueuedAt",
  (extract(epoch FROM j.start_after) * 1000)::float8 AS "dueAt",
  j.expire_seconds::int AS "timeoutSeconds", COALESCE(j.heartbeat_seconds, 30)::int AS "leaseSeconds"`;
const HELD = `j.name = $1 AND j.id = h.id AND j.retry_count = h.retry_count AND j.state = 'active'`;

/**
 * What pg-boss has no call for: statements that hold only as long as the hold does. They read and write columns of its
 * table `job`, which is why its version is pinned.
 */
export class JobTable {
  readonly #schema: string;

  constructor(schema: string) {
    this.#schema = schema;
  }

  /** Of these queues those in which a job is due. */
  async findDue(db: SqlRunner, queues: readonly string[]): Promise<string[]> {
    if (queues.length === 0) return [];
    const rows = await runSql<{ name: string }>(
      db,
      `SELECT q.name FROM json_array_elements_text($1::text::json) AS q(name) WHERE EXISTS (
        SELECT 1 FROM ${this.#schema}.job j
        WHERE j.name = q.name AND j.state < 'active' AND NOT j.blocked AND j.start_after <= now()
      )`,
      [JSON.stringify(queues)],
    );
    return rows.map(({ name }) => name);
  }

  /** Takes at most so many that are due, greater priorities first, and then those that have waited longest. */
  async take(db: SqlRunner, queue: string, limit: number): Promise<TakenJob[]> {
    return runSql<TakenJob>(
      db,
      `WITH next AS (
        SELECT id FROM ${this.#schema}.job_common
        WHERE name = $1 AND state < 'active' AND NOT blocked AND start_after <= now()
        ORDER BY priority DESC, created_on LIMIT $2::int FOR UPDATE SKIP LOCKED
      )
      UPDATE ${this.#schema}.job_common j SET state = 'active', started_on = now(), heartbeat_on = now(),
        retry_count = CASE WHEN j.started_on IS NULL THEN j.retry_count ELSE j.retry_count + 1 END
      FROM next WHERE j.name = $1 AND j.id = next.id RETURNING ${TAKEN}`,
      [queue, limit],
    );
  }

  /** Renews the lease of those that are still held, and gives their ids. */
  async renew(db: SqlRunner, queue: string, holds: readonly Hold[]): Promise<Set<string>> {
    return this.#update(db, queue, holds, "heartbeat_on = now()");
  }

  /** Completes those that are still held, and gives their ids. */
  async complete(db: SqlRunner, queue: string, holds: readonly CompletedHold[]): Promise<Set<string>> {
    return this.#update(
      db,
      queue,
      holds.map(({ output, ...hold }) => ({
        ...hold,
        output: output === null ? null : `{"result":${output}}`,
      })),
      "state = 'completed', completed_on = now(), output = h.output::jsonb",
    );
  }

  /** Hands back those that are still held, for another worker to take at once and as the same attempt. */
  async release(db: SqlRunner, queue: string, holds: readonly Hold[]): Promise<Set<string>> {
    const state = `(CASE WHEN j.retry_count > 0 THEN 'retry' ELSE 'created' END)::${this.#schema}.job_state`;
    // pg-boss counts an attempt for what was started before.
    return this.#update(db, queue, holds, `state = ${state}, started_on = NULL, heartbeat_on = NULL`);
  }

  /** Locks the row of a hold until the transaction ends. `false` when it is lost. */
  async lock(tx: SqlRunner, queue: string, { id, retryCount }: Hold): Promise<boolean> {
    const rows = await runSql(
      tx,
      `SELECT 1 FROM ${this.#schema}.job
      WHERE name = $1 AND id = $2::uuid AND retry_count = $3::int AND state = 'active' FOR UPDATE`,
      [queue, id, retryCount],
    );
    return rows.length > 0;
  }

  /** Leaves a job no further attempt. */
  async exhaust(tx: SqlRunner, queue: string, id: string): Promise<void> {
    await runSql(
      tx,
      `UPDATE ${this.#schema}.job SET retry_limit = retry_count WHERE name = $1 AND id = $2::uuid`,
      [queue, id],
    );
  }

  async #update(db: SqlRunner, queue: string, holds: readonly Hold[], set: string): Promise<Set<string>> {
    if (holds.length === 0) return new Set();
    const rows = await runSql<{ id: string }>(
      db,
      `UPDATE ${this.#schema}.job j SET ${set}
      FROM json_to_recordset($2::text::json) AS h(id uuid, retry_count int, output text)
      WHERE ${HELD} RETURNING j.id`,
      [
        queue,
        JSON.stringify(
          holds.map((hold) => ({ id: hold.id, retry_count: hold.retryCount, output: outputOf(hold) })),
        ),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

function outputOf(hold: Hold): unknown {
  return "output" in hold ? hold.output : undefined;
}

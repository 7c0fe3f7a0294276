import { ServerError } from "@x/server";
import type { PgBoss } from "pg-boss";
import { runSql } from "../database/run-sql.ts";
import { toEnvelope } from "../envelope.ts";
import { fromVersionedQueue } from "../job/queue-name.ts";
import type { JobDatabase, JobRecord, JobState } from "../types.ts";

/** Which jobs `list` gives, the latest first. */
export interface JobFilter {
  /** Default: all queues. */
  readonly queue?: string | undefined;
  /** Default: all states. */
  readonly state?: JobState | undefined;
  /** Default: 50. */
  readonly limit?: number | undefined;
}

/** The names of pg-boss for each state. */
const STATES: Readonly<Record<JobState, readonly string[]>> = {
  waiting: ["created", "retry"],
  running: ["active"],
  completed: ["completed"],
  failed: ["failed"],
  cancelled: ["cancelled"],
};
const LIMIT = 50;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly state: string;
  readonly priority: number;
  readonly retry_count: number;
  readonly retry_limit: number;
  readonly created_on: Date;
  readonly start_after: Date;
  readonly started_on: Date | null;
  readonly completed_on: Date | null;
  readonly output: { readonly result?: unknown; readonly message?: unknown; readonly value?: unknown } | null;
  readonly progress: unknown;
}

/** Looks at jobs, and deals with single ones. */
export class JobInspector {
  readonly #db: JobDatabase;
  readonly #boss: PgBoss;
  readonly #schema: string;
  readonly #queues: () => readonly string[];

  /** `queues` gives the queues of all versions. */
  constructor(db: JobDatabase, boss: PgBoss, schema: string, queues: () => readonly string[]) {
    this.#db = db;
    this.#boss = boss;
    this.#schema = schema;
    this.#queues = queues;
  }

  async list({ queue, state, limit = LIMIT }: JobFilter = {}): Promise<JobRecord[]> {
    const queues = await this.#storedQueues();
    const wanted =
      queue === undefined ? queues : queues.filter((name) => fromVersionedQueue(name).queue === queue);
    return this.#read(
      `WHERE j.name = ANY($1) AND ($2::text[] IS NULL OR j.state::text = ANY($2::text[]))
      ORDER BY j.created_on DESC, j.id LIMIT $3`,
      [wanted, state === undefined ? null : STATES[state], limit],
    );
  }

  /** @throws ServerError `JOB_NOT_FOUND`. */
  async show(id: string): Promise<JobRecord> {
    return toRecord(await this.#find(id));
  }

  /** @throws ServerError `JOB_NOT_FOUND`, `JOB_STATE_CONFLICT` for one that has not failed or been cancelled. */
  async retry(id: string): Promise<void> {
    const { name, state } = await this.#find(id);
    if (state === "failed") await this.#boss.retry(name, id);
    else if (state === "cancelled") await this.#boss.resume(name, id);
    else throw conflict(id, state, "retried: only what has failed or was cancelled can be");
  }

  /** @throws ServerError `JOB_NOT_FOUND`, `JOB_STATE_CONFLICT` for one that has ended. */
  async cancel(id: string): Promise<void> {
    const { name, state } = await this.#find(id);
    if (!["created", "retry", "active"].includes(state)) throw conflict(id, state, "cancelled: it has ended");
    await this.#boss.cancel(name, id);
  }

  async #find(id: string): Promise<Row> {
    const known = [...new Set([...this.#queues(), ...(await this.#storedQueues())])];
    // By queue and id, which is what the table is indexed by.
    const rows = isUuid(id)
      ? await this.#query("WHERE j.name = ANY($1) AND j.id = $2::uuid", [known, id])
      : [];
    if (!rows[0]) throw new ServerError("JOB_NOT_FOUND", `there is no job ${id}, or it is no longer kept`);
    return rows[0];
  }

  async #storedQueues(): Promise<string[]> {
    const rows = await runSql<{ name: string }>(
      this.#db,
      `SELECT name FROM ${this.#schema}.queue ORDER BY name`,
    );
    return rows.map(({ name }) => name);
  }

  async #read(where: string, parameters: readonly unknown[]): Promise<JobRecord[]> {
    return (await this.#query(where, parameters)).map(toRecord);
  }

  #query(where: string, parameters: readonly unknown[]): Promise<Row[]> {
    return runSql<Row>(
      this.#db,
      `SELECT j.id, j.name, j.data, j.state::text AS state, j.priority, j.retry_count, j.retry_limit, j.created_on,
        j.start_after, j.started_on, j.completed_on, j.output, p.value AS progress
      FROM ${this.#schema}.job j LEFT JOIN ${this.#schema}.job_progress p ON p.id = j.id ${where}`,
      parameters,
    );
  }
}

function toRecord(row: Row): JobRecord {
  const { queue, version } = fromVersionedQueue(row.name);
  const state = (Object.keys(STATES) as JobState[]).find((it) => STATES[it].includes(row.state)) ?? "waiting";
  return {
    id: row.id,
    queue,
    version,
    state,
    attempts: row.started_on ? row.retry_count + 1 : row.retry_count,
    maxAttempts: row.retry_limit + 1,
    payload: toEnvelope(row.data).payload,
    priority: row.priority,
    enqueuedAt: row.created_on,
    dueAt: row.start_after,
    startedAt: row.started_on ?? undefined,
    endedAt: row.completed_on ?? undefined,
    result: row.output?.result,
    failure: state === "completed" ? undefined : toFailure(row.output),
    progress: row.progress ?? undefined,
  };
}

/** A worker writes `message`; what pg-boss itself has ended has it one level deeper. */
function toFailure(output: Row["output"]): string | undefined {
  const { message, value } = output ?? {};
  if (typeof message === "string") return message;
  const inner = typeof value === "object" && value !== null && "message" in value ? value.message : undefined;
  return typeof inner === "string" ? inner : undefined;
}

function conflict(id: string, state: string, what: string): ServerError {
  return new ServerError("JOB_STATE_CONFLICT", `job ${id} is ${state} and cannot be ${what}`);
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

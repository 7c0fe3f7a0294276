import { Func, type InvokeData } from "@x/server";
import { getClient, PgPlugin } from "@x/server-pg";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import type { Candidate } from "../harness/candidate.ts";
import { findCase, type PgCase } from "./pg-case.ts";

/** kysely and pg as they are, in a function without the plugin. */
export const BARE = "kysely";
export const OURS = "@x/server-pg";
/** By which variable a worker process is told of the server. */
export const URL_VARIABLE = "BENCH_POSTGRES_URL";

const MAX_CONNECTIONS = 2;
const EXPECTED = 42;

/** Makes what a worker process measures: invokes of a function, one after the other. */
export async function createCandidates(caseId: string): Promise<Candidate[]> {
  const pgCase = findCase(caseId);
  const url = process.env[URL_VARIABLE];
  if (url === undefined) throw new Error(`there is no server: ${URL_VARIABLE} is not set`);
  const funcs = new Map([
    [BARE, bareFunc(url, pgCase)],
    [OURS, ourFunc(url, pgCase)],
  ]);
  const candidates: Candidate[] = [];
  for (const [name, func] of funcs) {
    // oxlint-disable-next-line no-await-in-loop -- the one after the other, as they are measured.
    const value = await func.invoke({});
    if (value !== (pgCase.queries ? EXPECTED : undefined))
      throw new Error(`${name} answers ${String(value)}`);
    candidates.push({ name, batch: (runs) => invoke(func, runs) });
  }
  return candidates;
}

async function invoke(func: Func<unknown>, runs: number): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one request after the other is what is measured.
  for (let run = 0; run < runs; run += 1) await func.invoke({});
}

function bareFunc(url: string, { queries, transaction }: PgCase): Func<unknown> {
  // It ends with the process: an idle connection keeps that no longer alive.
  const pool = new Pool({ connectionString: url, max: MAX_CONNECTIONS, allowExitOnIdle: true });
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  if (!queries) return new Func({ handler: () => undefined });
  if (transaction) return new Func({ handler: () => db.transaction().execute((trx) => readValue(trx)) });
  return new Func({ handler: () => readValue(db) });
}

function ourFunc(url: string, { queries, transaction }: PgCase): Func<unknown> {
  const plugins = [
    new PgPlugin({ config: { url, transaction, pool: { max: MAX_CONNECTIONS, idleTimeoutMs: 100 } } }),
  ];
  if (!queries) return new Func({ plugins, handler: () => undefined });
  // What a handler calls finds the client by itself.
  return new Func({ plugins, handler: (_: InvokeData) => readValue(getClient()) });
}

async function readValue<Tables>(db: Kysely<Tables>): Promise<number | undefined> {
  const { rows } = await sql<{ value: number }>`select ${EXPECTED}::int4 as value`.execute(db);
  return rows[0]?.value;
}

import type { PGlite, QueryOptions, Results, Transaction } from "@electric-sql/pglite";
import { CompiledQuery, type DatabaseConnection, PGliteDriver, type TransactionSettings } from "kysely";
import type { ConnectionLock } from "../request/connection-lock.ts";
import { findScope } from "../request/database-scope.ts";
import type { RequestLimits } from "../request/request-limits.ts";
import { toServerParameters } from "./server-values.ts";

type Connection = Parameters<PGliteDriver["beginTransaction"]>[0];

/**
 * kysely's driver for the one connection of an embedded database. What waits for it, and what has not begun, ends with
 * its request; a statement that runs has the whole process to itself, and nothing could end it.
 */
export class EmbeddedDriver extends PGliteDriver {
  readonly #lock: ConnectionLock;
  readonly #isOwn: (database: object) => boolean;

  constructor(pglite: PGlite, lock: ConnectionLock, isOwn: (database: object) => boolean) {
    const limits = (): RequestLimits | undefined => findScope(({ database }) => isOwn(database))?.limits;
    super({ pglite: toGuarded(pglite, limits) });
    this.#lock = lock;
    this.#isOwn = isOwn;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const limits = findScope(({ database }) => this.#isOwn(database))?.limits;
    await this.#lock.acquire(limits);
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#lock.release();
  }

  // kysely's own driver begins every transaction as the database has it by default.
  override async beginTransaction(connection: Connection, settings: TransactionSettings = {}): Promise<void> {
    await super.beginTransaction(connection);
    const { isolationLevel, accessMode } = settings;
    const mode = [isolationLevel && `isolation level ${isolationLevel}`, accessMode]
      .filter(Boolean)
      .join(" ");
    if (mode !== "") await connection.executeQuery(CompiledQuery.raw(`set transaction ${mode}`));
  }
}

/** PGlite tells the values of a statement with its failure, and from there they would go on to the log. */
function throwWithoutValues(error: unknown): never {
  if (error instanceof Error && "params" in error) delete error.params;
  throw error;
}

type Query = Transaction["query"];
type Queries = Pick<Transaction, "query" | "exec">;

/** PGlite that runs nothing for requests that nobody waits for, and takes values as a server's driver does. */
function toGuarded(pglite: PGlite, limits: () => RequestLimits | undefined) {
  const guard =
    (target: Queries): Query =>
    async <Row>(text: string, parameters: unknown[] = [], options?: QueryOptions) => {
      limits()?.throwIfAborted();
      if (parameters.length > 0)
        return target.query<Row>(text, toServerParameters(parameters), options).catch(throwWithoutValues);
      // As `pg` does: several statements at once, and nothing of their results.
      const results = (await target.exec(text, options)) as Results<Row>[];
      return results.length === 1 ? results[0]! : { rows: [], fields: [] };
    };
  return {
    query: guard(pglite),
    transaction: <Result>(callback: (tx: { query: Query; rollback(): Promise<void> }) => Promise<Result>) =>
      pglite.transaction((tx) => callback({ query: guard(tx), rollback: () => tx.rollback() })),
    close: () => pglite.close(),
    get closed() {
      return pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
    get waitReady() {
      return pglite.waitReady;
    },
  };
}

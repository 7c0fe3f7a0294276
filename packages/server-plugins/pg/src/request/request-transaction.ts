import {
  AbortedTransactionError,
  type ConnectionProvider,
  type DatabaseConnection,
  type IsolationLevel,
} from "kysely";
import { toTransactionParts } from "../client/client-parts.ts";
import { ScopedClient } from "../client/scoped-client.ts";
import type { ConnectedDatabase } from "../database/connected-database.ts";
import { pgError, sqlStateOf, transactionConflict } from "../errors.ts";
import type { DatabaseClient } from "../types.ts";
import { ConnectionLock } from "./connection-lock.ts";
import { databaseScope } from "./database-scope.ts";
import type { RequestLimits } from "./request-limits.ts";
import { TransactionState } from "./transaction-state.ts";

/** `serialization_failure` and `deadlock_detected`: nothing is wrong but the moment. */
const CONFLICTS: ReadonlySet<string | undefined> = new Set(["40001", "40P01"]);

/** One transaction for one request. It begins with the first query: who makes none takes no connection. */
export class RequestTransaction extends TransactionState implements ConnectionProvider {
  readonly client: DatabaseClient;
  readonly #database: ConnectedDatabase;
  readonly #isolationLevel: IsolationLevel | undefined;
  readonly #limits: RequestLimits;
  readonly #lock = new ConnectionLock();
  #connection: Promise<DatabaseConnection> | undefined;
  /** Settles once the connection is given back. */
  #returned: Promise<void> | undefined;
  #giveBack: () => void = () => {};

  constructor(
    database: ConnectedDatabase,
    isolationLevel: IsolationLevel | undefined,
    limits: RequestLimits,
  ) {
    super();
    this.#database = database;
    this.#isolationLevel = isolationLevel;
    this.#limits = limits;
    const { parts } = database;
    const executor = parts.executor.withConnectionProvider(this);
    this.client = new ScopedClient(toTransactionParts(parts, executor, this.#lock));
  }

  /** @throws ServerError `TRANSACTION_ENDED` once the request is over. */
  async provideConnection<Result>(
    consumer: (connection: DatabaseConnection) => Promise<Result>,
  ): Promise<Result> {
    this.#assertRunning();
    await this.#lock.acquire(this.#limits);
    try {
      this.#assertRunning();
      return await consumer(await this.#begin());
    } finally {
      this.#lock.release();
    }
  }

  /**
   * Waits for queries that nobody has awaited, and commits.
   *
   * @throws ServerError `COMMIT_FAILED`, HttpError `TRANSACTION_CONFLICT`, and what `RequestLimits` throws where nobody
   * waits for the response any more. Nothing is kept then.
   */
  async commit(): Promise<void> {
    await this.#end(async (connection) => {
      try {
        this.assertSound();
        this.#limits.throwIfAborted();
      } catch (error) {
        await this.#rollBack(connection);
        throw error;
      }
      await this.#database.parts.driver.commitTransaction(connection).catch((error: unknown) => {
        throw toCommitError(error);
      });
    });
  }

  /** Undoes everything. It never rejects: what was thrown before says more than what this could add. */
  async rollBack(): Promise<void> {
    await this.#end((connection) => this.#rollBack(connection)).catch(() => {});
  }

  /** What a request ends with whose handler threw this. */
  toError(thrown: unknown): unknown {
    return CONFLICTS.has(sqlStateOf(thrown)) ? transactionConflict(thrown) : thrown;
  }

  #assertRunning(): void {
    if (this.ended)
      throw pgError(
        "TRANSACTION_ENDED",
        "a query came after the end of its request's transaction: await it before the handler returns",
      );
  }

  #begin(): Promise<DatabaseConnection> {
    return (this.#connection ??= this.#open().catch((error: unknown) => {
      this.#connection = undefined;
      throw error;
    }));
  }

  #open(): Promise<DatabaseConnection> {
    const { driver, executor } = this.#database.parts;
    const isolationLevel = this.#isolationLevel;
    return new Promise((resolve, reject) => {
      this.#returned = executor
        .provideConnection(async (connection) => {
          await driver.beginTransaction(connection, isolationLevel ? { isolationLevel } : {});
          const over = new Promise<void>((giveBack) => (this.#giveBack = giveBack));
          resolve(connection);
          await over;
        })
        .catch(reject);
    });
  }

  async #end(finish: (connection: DatabaseConnection) => Promise<void>): Promise<void> {
    // Nothing was asked of the database, or it is over already: after a commit that failed there is nothing to undo.
    if (!this.#connection || this.ended) return this.end();
    // Its turn comes after all queries that are under way, whatever has become of the request.
    await this.#lock.acquire(undefined);
    this.end();
    try {
      const connection = await this.#connection;
      // Outside of the request's limits: the end of a transaction is not cancelled.
      if (connection) await databaseScope.run(undefined, () => finish(connection));
    } finally {
      this.#giveBack();
      this.#lock.release();
      await this.#returned;
    }
  }

  async #rollBack(connection: DatabaseConnection): Promise<void> {
    // Where that fails the connection is lost, and with it the transaction.
    await this.#database.parts.driver.rollbackTransaction(connection).catch(() => {});
  }
}

function toCommitError(error: unknown): unknown {
  const state = sqlStateOf(error);
  if (CONFLICTS.has(state)) return transactionConflict(error);
  const isUndone = error instanceof AbortedTransactionError;
  const outcome =
    isUndone || state !== undefined
      ? "nothing of it is kept"
      : "whether it is kept is not known, as the connection broke";
  const reason = isUndone
    ? "a statement in it had failed"
    : error instanceof Error
      ? error.message
      : String(error);
  return pgError("COMMIT_FAILED", `the transaction of a request was not committed: ${reason}; ${outcome}`, {
    cause: error,
  });
}

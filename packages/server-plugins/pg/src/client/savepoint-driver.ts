import type { DatabaseConnection, Driver, QueryExecutor, TransactionSettings } from "kysely";
import { pgError } from "../errors.ts";

/** Makes transactions inside of a transaction: savepoints, of which the last one ends first. */
export class SavepointDriver implements Driver {
  readonly #driver: Driver;
  readonly #executor: QueryExecutor;
  #depth = 0;

  constructor(driver: Driver, executor: QueryExecutor) {
    this.#driver = driver;
    this.#executor = executor;
  }

  /** @throws ServerError `CLIENT_MISUSED` for settings: those of the transaction around it hold. */
  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.isolationLevel !== undefined || settings.accessMode !== undefined)
      throw pgError(
        "CLIENT_MISUSED",
        "a transaction inside another one cannot have settings of its own: give them to the outer one",
      );
    await this.#driver.savepoint!(connection, `nested_${this.#depth + 1}`, this.#compile);
    this.#depth += 1;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#driver.releaseSavepoint!(connection, this.#name, this.#compile);
    this.#depth -= 1;
  }

  /** Comes after a commit that failed as well, such as after a statement whose error was caught. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.rollbackToSavepoint!(connection, this.#name, this.#compile);
    } finally {
      this.#depth -= 1;
    }
  }

  // The connection is that of the transaction around it.
  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#driver.acquireConnection();
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}

  readonly #compile: QueryExecutor["compileQuery"] = (node, queryId) =>
    this.#executor.compileQuery(node, queryId);

  get #name(): string {
    return `nested_${this.#depth}`;
  }
}

import { type AccessMode, type IsolationLevel, type Transaction, TransactionBuilder } from "kysely";
import { databaseScope, type DatabaseScope } from "../request/database-scope.ts";
import { TransactionState } from "../request/transaction-state.ts";
import type { DatabaseClient, Tables } from "../types.ts";
import { type ClientParts, toTransactionParts } from "./client-parts.ts";

interface BuilderParts extends ClientParts {
  readonly accessMode?: AccessMode;
  readonly isolationLevel?: IsolationLevel;
}

/** Transactions that the code in their callback need not be handed: `getClient()` finds them. */
export class ScopedTransactionBuilder extends TransactionBuilder<Tables> {
  readonly #parts: BuilderParts;
  readonly #createClient: (parts: ClientParts) => DatabaseClient;

  constructor(parts: BuilderParts, createClient: (parts: ClientParts) => DatabaseClient) {
    super(parts);
    this.#parts = parts;
    this.#createClient = createClient;
  }

  override setAccessMode(accessMode: AccessMode): ScopedTransactionBuilder {
    return new ScopedTransactionBuilder({ ...this.#parts, accessMode }, this.#createClient);
  }

  override setIsolationLevel(isolationLevel: IsolationLevel): ScopedTransactionBuilder {
    return new ScopedTransactionBuilder({ ...this.#parts, isolationLevel }, this.#createClient);
  }

  override execute<Result>(callback: (trx: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    const outer = databaseScope.getStore();
    // Outside of requests there is nothing that getClient() could find.
    if (!outer) return super.execute(callback);
    return super.execute((trx) => this.#runInside(trx, outer, callback));
  }

  async #runInside<Result>(
    trx: Transaction<Tables>,
    outer: DatabaseScope,
    callback: (trx: Transaction<Tables>) => Promise<Result>,
  ): Promise<Result> {
    const transaction = new TransactionState();
    const client = this.#createClient(toTransactionParts(this.#parts, trx.getExecutor(), undefined));
    const scope: DatabaseScope = { ...outer, client, transaction, lock: this.#parts.lock, outer };
    try {
      const result = await databaseScope.run(scope, () => callback(trx));
      transaction.assertSound();
      return result;
    } finally {
      transaction.end();
    }
  }
}

import { type ControlledTransactionBuilder, Kysely, type TransactionBuilder } from "kysely";
import { pgError } from "../errors.ts";
import type { Tables } from "../types.ts";
import type { ClientParts } from "./client-parts.ts";
import { ScopedTransactionBuilder } from "./scoped-transaction-builder.ts";

/** kysely as functions share it: `getClient()` inside of its transactions gives the transaction. */
export class ScopedClient extends Kysely<Tables> {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    super(parts);
    this.#parts = parts;
  }

  override get isTransaction(): boolean {
    return this.#parts.isTransaction;
  }

  /** Inside of a transaction it is a part of that one, which is undone by itself. */
  override transaction(): TransactionBuilder<Tables> {
    return new ScopedTransactionBuilder(this.#parts, (parts) => new ScopedClient(parts));
  }

  /** @throws ServerError `CLIENT_MISUSED` inside of a transaction: it would keep the connection from that one. */
  override startTransaction(): ControlledTransactionBuilder<Tables> {
    if (!this.isTransaction) return super.startTransaction();
    throw pgError(
      "CLIENT_MISUSED",
      "startTransaction() inside a transaction has no connection of its own: use transaction().execute(…)",
    );
  }

  /** @throws ServerError `CLIENT_MISUSED`: the plugin closes what its functions share. */
  override async destroy(): Promise<void> {
    throw pgError(
      "CLIENT_MISUSED",
      "destroy() would close the database for all functions: the plugin closes it",
    );
  }
}

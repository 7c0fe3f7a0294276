import { pgError } from "../errors.ts";
import type { JoinedTransaction } from "./database-scope.ts";

/** How a transaction stands that functions may join. */
export class TransactionState implements JoinedTransaction {
  #failure: { readonly error: unknown } | undefined;
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  end(): void {
    this.#ended = true;
  }

  /** @throws ServerError `COMMIT_FAILED` where a function that has joined it failed, and its error was caught. */
  assertSound(): void {
    if (!this.#failure) return;
    throw pgError(
      "COMMIT_FAILED",
      "a function inside the transaction failed, and its error was caught: all of the transaction is undone",
      { cause: this.#failure.error },
    );
  }
}

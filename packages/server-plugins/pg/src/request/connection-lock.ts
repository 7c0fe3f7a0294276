import { pgError } from "../errors.ts";
import { findScope } from "./database-scope.ts";
import type { RequestLimits } from "./request-limits.ts";

/** A connection that several want: each has it alone, in the order in which they came. */
export class ConnectionLock {
  #isHeld = false;
  readonly #waiting: (() => void)[] = [];

  /**
   * Waits for its turn, as long as the request's limits let it.
   *
   * @throws ServerError `CLIENT_MISUSED` where it would wait for itself.
   */
  async acquire(limits: RequestLimits | undefined): Promise<void> {
    if (!this.#isHeld) {
      this.#isHeld = true;
      return;
    }
    if (findScope((scope) => scope.lock === this))
      throw pgError(
        "CLIENT_MISUSED",
        "a query inside transaction().execute(…) goes past the transaction, and would wait for its end: make it with what the callback is given, or with getClient()",
      );
    limits?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const take = (): void => {
        limits?.unwatch(leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        limits?.unwatch(leave);
        reject(limits?.toError());
      };
      limits?.watch(leave);
      this.#waiting.push(take);
    });
  }

  /** Hands it to who waits longest. */
  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isHeld = false;
  }
}

import { messageOf } from "../errors.ts";
import type { Logger } from "../types.ts";

/**
 * Logs what goes wrong outside of functions: each failure once in full, and by its message alone where it stands in
 * the way of further requests.
 */
export class FailureLog {
  readonly #logger: Logger;
  readonly #known = new WeakSet<object>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** `fields` say whose failure it is. */
  add(error: unknown, fields: Readonly<Record<string, unknown>> = {}): void {
    const known = typeof error === "object" && error !== null && this.#known.has(error);
    if (typeof error === "object" && error !== null) this.#known.add(error);
    this.#logger.error(known ? fields : { ...fields, err: error }, messageOf(error));
  }
}

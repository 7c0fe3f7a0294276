import { HttpError, type InvokeData } from "@x/server";
import { pgError } from "../errors.ts";

/** How long the statements of one request may go on: as long as somebody waits for them, and not too long each. */
export class RequestLimits {
  /** 0 is none. */
  readonly statementTimeoutMs: number;
  readonly #data: Pick<InvokeData, "signal" | "context">;
  readonly #outer: RequestLimits | undefined;
  #signal: AbortSignal | undefined;
  /** What waits or runs for the request. A listener for each of them would cost more than all the rest. */
  readonly #watchers = new Set<() => void>();
  #listens = false;
  #ended = false;

  /** Within a call from another function, that one's limits hold as well. */
  constructor(
    data: Pick<InvokeData, "signal" | "context">,
    statementTimeoutMs: number,
    outer: RequestLimits | undefined,
  ) {
    this.#data = data;
    this.statementTimeoutMs = statementTimeoutMs;
    this.#outer = outer;
  }

  /** Made when the first statement reads it. */
  get signal(): AbortSignal {
    const own = (): AbortSignal => this.#data.signal;
    return (this.#signal ??= this.#outer ? AbortSignal.any([own(), this.#outer.signal]) : own());
  }

  /** Has `stop` called where nobody waits any more, until it is unwatched. */
  watch(stop: () => void): void {
    this.#watchers.add(stop);
    if (this.#listens) return;
    this.#listens = true;
    this.signal.addEventListener("abort", this.#stopAll, { once: true });
  }

  unwatch(stop: () => void): void {
    this.#watchers.delete(stop);
    if (this.#ended) this.#leave();
  }

  /** The request is over. What a stream asks after that is watched all the same. */
  end(): void {
    this.#ended = true;
    this.#leave();
  }

  /** How much time is left, as far as that is known. */
  get timeLeftMs(): number | undefined {
    const { deadline } = this.#data.context;
    const left = deadline === undefined ? Number.POSITIVE_INFINITY : Math.max(1, deadline - Date.now());
    const most = Math.min(left, this.statementTimeoutMs || Number.POSITIVE_INFINITY);
    return Number.isFinite(most) ? Math.ceil(most) : undefined;
  }

  /** Whether time can run out. */
  get areTimed(): boolean {
    return this.statementTimeoutMs > 0 || this.#data.context.deadline !== undefined;
  }

  /** Throws where nobody waits any more. */
  throwIfAborted(): void {
    if (this.signal.aborted) throw this.toError();
  }

  /** What a statement ends with that was not to go on. */
  toError(cause: unknown = this.signal.reason): unknown {
    const { aborted, reason } = this.signal;
    if (aborted && !(reason instanceof DOMException)) return reason;
    if (!aborted || reason.name === "TimeoutError") return this.#toTimeout(aborted, cause);
    // Nobody reads it, and it is no failure of the server that a log must tell of.
    return new HttpError({ statusCode: 400, code: "CLIENT_GONE", message: "the client left", cause });
  }

  readonly #stopAll = (): void => {
    for (const stop of this.#watchers) stop();
  };

  /** The signal may be the caller's, and live on. */
  #leave(): void {
    if (!this.#listens || this.#watchers.size > 0) return;
    this.#listens = false;
    this.signal.removeEventListener("abort", this.#stopAll);
  }

  #toTimeout(isRequestOver: boolean, cause: unknown): unknown {
    const limit = this.statementTimeoutMs;
    const what =
      isRequestOver || limit === 0
        ? "was not done when the time of its request was up"
        : `took longer than ${limit} ms`;
    return pgError("STATEMENT_TIMEOUT", `a statement ${what}`, { cause });
  }
}

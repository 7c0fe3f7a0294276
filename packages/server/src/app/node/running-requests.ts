import type { Duplex } from "node:stream";

/** How long functions have from when their signals abort until they are closed all the same. */
const UNWIND_MS = 1_000;

/** A request in the eyes of whoever keeps its time. */
export interface TimedRequest {
  readonly socket: Duplex;
  /** Where it is kept, or -1. */
  place: number;
  /** The tick at which it came. */
  readonly startedAt: number;
  /** The tick since which it waits for the client's body, if it does. */
  readonly waitingSince: number | undefined;
  /** Ends the wait for the body. */
  expireBody(): void;
  /** Answers in place of the function. */
  expire(): void;
  /** Aborts its signal. */
  abort(reason: DOMException): void;
}

/** Time limits of requests, in milliseconds. 0 is none. */
export interface RequestLimits {
  readonly requestTimeoutMs: number;
  readonly bodyTimeoutMs: number;
}

/**
 * The requests whose functions run. Their time limits are kept by one look at all of them now and then, which may come
 * late by a tenth of the limit or a second, whichever is less: a timer for each would cost every request.
 */
export class RunningRequests {
  /** Counts the looks. Requests note it in place of the time. */
  tick = 0;
  /**
   * Each knows its place. A `Set` makes its table anew all the time as requests run through it, and the old tables hold
   * on to one another until a full collection.
   */
  readonly #requests: TimedRequest[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #requestTicks: number;
  readonly #bodyTicks: number;
  #onEmpty: (() => void) | undefined;

  constructor({ requestTimeoutMs, bodyTimeoutMs }: RequestLimits) {
    const limits = [requestTimeoutMs, bodyTimeoutMs].filter((limit) => limit > 0);
    const intervalMs = Math.max(10, Math.min(1_000, ...limits.map((limit) => limit / 10)));
    this.#requestTicks = toTicks(requestTimeoutMs, intervalMs);
    this.#bodyTicks = toTicks(bodyTimeoutMs, intervalMs);
    this.#timer = setInterval(() => this.#look(), intervalMs);
    this.#timer.unref();
  }

  add(request: TimedRequest): void {
    request.place = this.#requests.push(request) - 1;
  }

  delete(request: TimedRequest): void {
    const { place } = request;
    if (place === -1) return;
    // The last one takes its place.
    const last = this.#requests.pop()!;
    if (last !== request) this.#requests[place] = last;
    last.place = place;
    request.place = -1;
    if (this.#onEmpty && this.#requests.length === 0) this.#onEmpty();
  }

  /** Tells whether one came by this connection. Looks at all of them. */
  has(socket: Duplex): boolean {
    return this.#requests.some((request) => request.socket === socket);
  }

  /**
   * Waits until none runs. After `graceMs` the signals of those that still do are aborted and `onCutOff` is told how
   * many there are; what is not over soon after is waited for no longer.
   */
  async close(graceMs: number, onCutOff: (running: number) => void): Promise<void> {
    let timer = setTimeout(() => {
      onCutOff(this.#requests.length);
      for (const request of this.#requests)
        request.abort(new DOMException("the server is closing", "AbortError"));
      timer = setTimeout(() => this.#onEmpty?.(), UNWIND_MS);
    }, graceMs);
    if (this.#requests.length > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
    clearTimeout(timer);
    clearInterval(this.#timer);
  }

  #look(): void {
    this.tick += 1;
    for (const request of [...this.#requests]) {
      const { startedAt, waitingSince = Number.POSITIVE_INFINITY } = request;
      if (this.tick - waitingSince > this.#bodyTicks) request.expireBody();
      else if (this.tick - startedAt > this.#requestTicks) request.expire();
    }
  }
}

/** Whole ticks that a limit takes. The first of them may be over at once, so it does not count. */
function toTicks(limitMs: number, intervalMs: number): number {
  return limitMs > 0 ? Math.ceil(limitMs / intervalMs) : Number.POSITIVE_INFINITY;
}

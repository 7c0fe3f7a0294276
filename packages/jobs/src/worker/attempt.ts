import type { ServerError } from "@x/server";
import type { Hold, TakenJob } from "../database/job-table.ts";
import { type Envelope, toEnvelope } from "../envelope.ts";
import type { JobEvent } from "../types.ts";

/** One attempt of one job, as a worker holds it. */
export class Attempt implements Hold {
  readonly id: string;
  readonly retryCount: number;
  /** The queue of its version. */
  readonly queue: string;
  readonly envelope: Envelope;
  readonly event: JobEvent;
  readonly leaseMs: number;
  readonly timeoutMs: number;
  #controller: AbortController | undefined;
  #abortedBy: ServerError | undefined;
  #reject: ((reason: ServerError) => void) | undefined;
  /** When the lease was last known to be held, by a clock that nobody sets. */
  renewedAt: number;

  constructor(
    taken: TakenJob,
    job: { readonly queue: string; readonly version: number; readonly source: string },
    takenAt: number,
  ) {
    const { id, retryCount } = taken;
    this.id = id;
    this.retryCount = retryCount;
    this.queue = job.source;
    this.envelope = toEnvelope(taken.data);
    const { payload, slot } = this.envelope;
    this.event = {
      id,
      queue: job.queue,
      attempt: retryCount + 1,
      isLastAttempt: retryCount >= taken.retryLimit,
      payload,
      version: job.version,
      enqueuedAt: new Date(taken.enqueuedAt),
      dueAt: new Date(taken.dueAt),
      slot: slot === undefined ? undefined : new Date(slot),
    };
    this.leaseMs = taken.leaseSeconds * 1_000;
    this.timeoutMs = taken.timeoutSeconds * 1_000;
    this.renewedAt = takenAt;
  }

  /** Made when it is first read: most handlers never look. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#abortedBy) this.#controller.abort(this.#abortedBy);
    }
    return this.#controller.signal;
  }

  /** Why it was ended from outside, if it was. */
  get abortedBy(): ServerError | undefined {
    return this.#abortedBy;
  }

  /** Settles as `run` does, or rejects as soon as the attempt is ended from outside. */
  until<Result>(run: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#abortedBy) return reject(this.#abortedBy);
      this.#reject = reject;
      run().then(resolve, reject);
    });
  }

  /** The first reason counts. */
  abort(reason: ServerError): void {
    if (this.#abortedBy) return;
    this.#abortedBy = reason;
    this.#controller?.abort(reason);
    this.#reject?.(reason);
  }
}

import { isServerError, type ServerError } from "@x/server";
import type { JobWithMetadata } from "pg-boss";
import type { Hold } from "../database/job-table.ts";
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
  readonly #controller = new AbortController();
  /** When the lease was last known to be held, by a clock that nobody sets. */
  renewedAt: number;

  constructor(
    row: JobWithMetadata<unknown>,
    job: { readonly queue: string; readonly version: number },
    takenAt: number,
  ) {
    this.id = row.id;
    this.retryCount = row.retryCount;
    this.queue = row.name;
    this.envelope = toEnvelope(row.data);
    const { payload, slot } = this.envelope;
    this.event = {
      id: row.id,
      queue: job.queue,
      attempt: row.retryCount + 1,
      isLastAttempt: row.retryCount >= row.retryLimit,
      payload,
      version: job.version,
      enqueuedAt: new Date(row.createdOn),
      dueAt: new Date(row.startAfter),
      slot: slot === undefined ? undefined : new Date(slot),
    };
    this.leaseMs = (row.heartbeatSeconds ?? 30) * 1_000;
    this.timeoutMs = row.expireInSeconds * 1_000;
    this.renewedAt = takenAt;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it was ended from outside, if it was. */
  get abortedBy(): ServerError | undefined {
    const reason: unknown = this.signal.reason;
    return this.signal.aborted && isServerError(reason) ? reason : undefined;
  }

  abort(reason: ServerError): void {
    this.#controller.abort(reason);
  }
}

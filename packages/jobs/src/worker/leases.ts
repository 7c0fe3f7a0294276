import { ServerError } from "@x/server";
import type { Attempt } from "./attempt.ts";
import type { WorkerContext } from "./worker-context.ts";

/** How many times a lease is renewed before it would run out. */
const RENEWALS = 3;

/** Keeps what a worker holds its own, and tells handlers when it is not any more. */
export class Leases {
  readonly #context: WorkerContext;
  readonly #intervalMs: number;
  readonly #held = new Set<Attempt>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(context: WorkerContext, leaseSeconds: number) {
    this.#context = context;
    this.#intervalMs = (leaseSeconds * 1_000) / RENEWALS;
  }

  add(attempt: Attempt): void {
    this.#held.add(attempt);
    this.#timer ??= setInterval(() => void this.renew(), this.#intervalMs);
  }

  delete(attempt: Attempt): void {
    this.#held.delete(attempt);
    if (this.#held.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async renew(): Promise<void> {
    const held = [...this.#held];
    const queues = new Set(held.map(({ queue }) => queue));
    await Promise.all(
      [...queues].map((name) =>
        this.#renewQueue(
          name,
          held.filter(({ queue }) => queue === name),
        ),
      ),
    );
  }

  async #renewQueue(queue: string, attempts: readonly Attempt[]): Promise<void> {
    const { db, table, logger } = this.#context;
    const askedAt = performance.now();
    try {
      const held = await table.renew(db, queue, attempts);
      for (const attempt of attempts)
        if (held.has(attempt.id)) attempt.renewedAt = askedAt;
        // What has ended meanwhile is not lost.
        else if (this.#held.has(attempt)) this.#lose(attempt, "another worker has it, or it was cancelled");
    } catch (error) {
      logger.warn({ err: error, queue }, "leases could not be renewed");
      for (const attempt of attempts)
        if (this.#held.has(attempt) && performance.now() - attempt.renewedAt >= attempt.leaseMs)
          this.#lose(attempt, "the database was not reached in time");
    }
  }

  #lose(attempt: Attempt, why: string): void {
    attempt.abort(
      new ServerError(
        "LEASE_LOST",
        `the lease of job ${attempt.id} of "${attempt.event.queue}" is lost: ${why}`,
      ),
    );
  }
}

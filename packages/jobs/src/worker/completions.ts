import type { CompletedHold } from "../database/job-table.ts";
import type { WorkerContext } from "./worker-context.ts";

interface Waiting {
  readonly hold: CompletedHold;
  readonly resolve: (isHeld: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Completes jobs of one queue: those that end while one statement is under way share the next. */
export class Completions {
  readonly #context: WorkerContext;
  readonly #queue: string;
  #waiting: Waiting[] = [];
  #flushing = false;

  constructor(context: WorkerContext, queue: string) {
    this.#context = context;
    this.#queue = queue;
  }

  /** `false` where the hold was lost before. */
  complete(hold: CompletedHold): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ hold, resolve, reject });
      if (!this.#flushing) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const { db, table } = this.#context;
    this.#flushing = true;
    while (this.#waiting.length > 0) {
      // Handlers that end in the same turn come along.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const holds = batch.map(({ hold }) => hold);
        const held = await table.complete(db, this.#queue, holds);
        for (const { hold, resolve } of batch) resolve(held.has(hold.id));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flushing = false;
  }
}

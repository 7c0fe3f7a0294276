import type { Logger } from "@x/server";
import type { JobReference, SqlRunner } from "../types.ts";
import type { ProgressTable } from "./progress-table.ts";

/** How often one job writes at most. What it reports in between takes the place of what it reported before. */
const INTERVAL_MS = 250;

/** Writes what one attempt reports. */
export class ProgressReporter {
  readonly #db: SqlRunner;
  readonly #table: ProgressTable;
  readonly #job: JobReference;
  readonly #logger: Logger;
  #pending: string | undefined;
  #writing: Promise<void> | undefined;
  #ended = false;

  constructor(db: SqlRunner, table: ProgressTable, job: JobReference, logger: Logger) {
    this.#db = db;
    this.#table = table;
    this.#job = job;
    this.#logger = logger;
  }

  report(value: unknown): void {
    if (this.#ended) return;
    this.#pending = JSON.stringify(value) ?? "null";
    this.#writing ??= this.#writeAll();
  }

  /** Writes what is still to be written. What comes later is not. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#pending !== undefined) {
      const value = this.#pending;
      this.#pending = undefined;
      try {
        await this.#table.write(this.#db, this.#job, value);
      } catch (error) {
        // Work that goes well must not fail for a number on a screen.
        this.#logger.warn({ err: error }, "the progress of a job could not be written");
      }
      if (!this.#ended) await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
    this.#writing = undefined;
  }
}

import type { FuncConfig, Plugin } from "@x/server";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ScheduleOptions } from "../schedule/schedule.ts";
import type { JobData, JobTransaction } from "../types.ts";
import type { UpgradePayload, Versions } from "./versions.ts";

/** What a payload is without a schema: whatever came in. */
export type AnyPayload = Readonly<Record<string, unknown>>;

/** What `enqueue` takes for a schema. */
export type PayloadOf<Schema> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferInput<Schema>
  : AnyPayload;

/** What the handler gets for a schema. */
export type ParamsOf<Schema> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<Schema>
  : AnyPayload;

/** The job that gets what has failed for good. Every `Job` is one. */
export interface DeadLetter {
  readonly queue: string;
  readonly versions: Pick<Versions, "current">;
}

/** Options of `defineJob`. */
export interface JobOptions<
  Schema extends StandardSchemaV1 | undefined,
  Result,
  Transactional extends boolean = false,
> {
  /**
   * Where it waits, such as `mails/welcome`. What is waiting when the program is replaced is found by this name, so it
   * stays when the file moves.
   */
  readonly queue: string;
  /** Any Standard Schema. It checks what is enqueued, and again what arrives; the handler gets what it makes of it. */
  readonly schema?: Schema;
  /** Which form payloads have. A worker never takes one of a later version than its own. Default: 1. */
  readonly version?: number | undefined;
  /** For each earlier version that may still be waiting, how to make a payload of the next one. */
  readonly upgrade?: Readonly<Record<number, UpgradePayload>> | undefined;
  /** How often it is tried again after a failure. Default: 3. */
  readonly retries?: number | undefined;
  /** The wait before the first retry; each further one is about twice as long, with jitter. 0 is none. Default: 5. */
  readonly retryDelaySeconds?: number | undefined;
  /** The longest wait between retries. Default: 3600. */
  readonly retryDelayMaxSeconds?: number | undefined;
  /** How long an attempt may take; then it has failed, and `signal` aborts. At most a day. Default: 900. */
  readonly timeoutSeconds?: number | undefined;
  /**
   * How long a worker may be silent before its jobs go to another. It renews its lease three times as often while
   * handlers run. At least 10. Default: 30.
   */
  readonly leaseSeconds?: number | undefined;
  /** How many run at a time in one worker. Default: 10. */
  readonly concurrency?: number | undefined;
  /** Greater ones of a queue come first. Default: 0. */
  readonly priority?: number | undefined;
  /** How long it is kept once it has ended, for `key` and for who looks. Default: 604,800, a week. */
  readonly keepSeconds?: number | undefined;
  /** When it runs by itself: a cron pattern in UTC, or more. */
  readonly cron?: string | ScheduleOptions<PayloadOf<Schema>> | undefined;
  /** The job that gets the payload once all attempts have failed. */
  readonly deadLetter?: DeadLetter | undefined;
  /** Runs the handler in a transaction, `tx`, that is committed together with the job's completion. Default: `false`. */
  readonly transactional?: Transactional | undefined;
  /** Gets everything in one object. What it returns is kept with the job where JSON has a form for it. */
  readonly handler: (
    data: JobData<ParamsOf<Schema>, Transactional extends true ? JobTransaction : undefined>,
  ) => Result;
  /** Outermost first. The array is copied. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Wins over YAML. */
  readonly config?: FuncConfig | undefined;
  /** How long all `onMount` hooks may take together. Default: 30,000. */
  readonly mountTimeoutMs?: number | undefined;
}

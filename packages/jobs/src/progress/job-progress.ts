import {
  type ApiData,
  defineApi,
  eventStream,
  type FuncConfig,
  HttpError,
  isServerError,
  type Plugin,
} from "@x/server";
import type { Jobs } from "../jobs.ts";
import type { JobRecord, JobState } from "../types.ts";

/** What a client is told of a job, each time that any of it changes. */
export interface JobProgress {
  readonly state: JobState;
  readonly attempts: number;
  /** What the handler reported last; `null` for nothing yet. */
  readonly progress: unknown;
  /** What the handler returned, once it is completed. */
  readonly result?: unknown;
}

/** Options of `jobProgress`. */
export interface JobProgressOptions {
  /** Whether this client may follow this job. Who may not is told that there is none. Default: whoever knows its id. */
  readonly authorize?: ((job: JobRecord, data: ApiData) => boolean | Promise<boolean>) | undefined;
  /** How often a look is taken while somebody follows, in milliseconds. Default: 500. */
  readonly intervalMs?: number | undefined;
  /** Outermost first. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Wins over YAML. */
  readonly config?: FuncConfig | undefined;
}

const INTERVAL_MS = 500;
const ENDED: ReadonlySet<JobState> = new Set(["completed", "failed", "cancelled"]);
/** The id of the last event, which a client sends when it connects again. */
const END = "end";

/**
 * An API by which clients follow a job: `GET …?id=<id>` answers with server-sent events, a `JobProgress` each, and ends
 * with the job.
 *
 * @param jobs The jobs, or how to find them on a request's `data`, where a plugin has put them there.
 *
 * @example
 * ```ts
 * // src/jobs/progress.api.ts
 * import { createJobs, defineJob, jobProgress } from "@x/jobs";
 * import type { Kysely } from "kysely";
 *
 * declare const db: Kysely<unknown>;
 * const exporting = defineJob({
 *   queue: "export",
 *   handler({ progress }) {
 *     for (let page = 1; page <= 10; page += 1) progress(page / 10);
 *   },
 * });
 * export default jobProgress(createJobs({ db, jobs: [exporting] }));
 * ```
 */
export function jobProgress(jobs: Jobs | ((data: ApiData) => Jobs), options: JobProgressOptions = {}) {
  const { authorize, intervalMs = INTERVAL_MS, plugins, config } = options;
  return defineApi({
    method: "GET",
    plugins,
    config,
    async handler(data) {
      // A browser that has seen the end connects once more, and is told to stay away.
      if (data.event.headers["last-event-id"] === END) return undefined;
      const id = data.params["id"];
      const source = typeof jobs === "function" ? jobs(data) : jobs;
      const job = typeof id === "string" ? await find(source, id) : undefined;
      if (!job || (authorize && !(await authorize(job, data))))
        throw new HttpError({ statusCode: 404, message: "there is no such job" });
      return eventStream(follow(source, job, intervalMs, data.signal), { signal: data.signal });
    },
  });
}

async function* follow(jobs: Jobs, first: JobRecord, intervalMs: number, signal: AbortSignal) {
  let told: string | undefined;
  for (let job: JobRecord | undefined = first; job; job = await find(jobs, job.id)) {
    const progress = toJobProgress(job);
    const text = JSON.stringify(progress);
    const hasEnded = ENDED.has(job.state);
    if (text !== told) yield { data: progress, ...(hasEnded && { id: END }) };
    told = text;
    if (hasEnded || signal.aborted) return;
    await pause(intervalMs, signal);
  }
}

async function find(jobs: Jobs, id: string): Promise<JobRecord | undefined> {
  try {
    return await jobs.show(id);
  } catch (error) {
    if (isServerError(error) && error.code === "JOB_NOT_FOUND") return undefined;
    throw error;
  }
}

function toJobProgress({ state, attempts, progress = null, result }: JobRecord): JobProgress {
  return { state, attempts, progress, ...(result !== undefined && { result }) };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

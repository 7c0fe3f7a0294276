import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ServerError } from "@x/server";
import { Job } from "../job/job.ts";
import { messageOf } from "../message-of.ts";
import { scanJobs } from "./scan-jobs.ts";

/** Where jobs come from. */
export interface JobSource {
  readonly root?: string | URL | undefined;
  readonly jobs?: readonly Job[] | undefined;
}

/** A job, and the file that it comes from. */
export interface LoadedJob {
  readonly job: Job;
  readonly file: string | undefined;
}

/** All jobs of a program. */
export interface LoadedJobs {
  readonly root: string;
  readonly byQueue: ReadonlyMap<string, LoadedJob>;
}

/**
 * Loads the jobs of a folder, and takes those that code gives.
 *
 * @throws ServerError `INVALID_ROOT`, `INVALID_JOB` for a file that exports no job, `DUPLICATE_QUEUE`.
 */
export async function loadJobs({ root: given, jobs = [] }: JobSource): Promise<LoadedJobs> {
  const root = await toRoot(given);
  const files = given === undefined ? [] : await scanJobs(root);
  const fromFiles = await Promise.all(files.map(async (file) => ({ job: await loadJob(file), file })));
  const fromCode = jobs.map((job) => ({ job: assertJob(job, "the list of jobs"), file: undefined }));
  const byQueue = new Map<string, LoadedJob>();
  for (const loaded of [...fromCode, ...fromFiles]) {
    const { queue } = loaded.job;
    const other = byQueue.get(queue);
    if (other && other.job !== loaded.job)
      throw new ServerError(
        "DUPLICATE_QUEUE",
        `two jobs have the queue "${queue}": ${other.file ?? "one in code"} and ${loaded.file ?? "one in code"}`,
      );
    byQueue.set(queue, loaded);
  }
  return { root, byQueue };
}

async function loadJob(file: string): Promise<Job> {
  let module: Readonly<Record<string, unknown>>;
  try {
    // A module's namespace can be read by any name.
    module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof module;
  } catch (cause) {
    throw new ServerError("INVALID_JOB", `${file} could not be loaded: ${messageOf(cause)}`, { cause });
  }
  return assertJob(module["default"], file);
}

function assertJob(value: unknown, source: string): Job {
  // Also that of another copy of this package.
  if (value instanceof Job || (value instanceof Object && "queue" in value && "attach" in value))
    return value as Job;
  throw new ServerError("INVALID_JOB", `${source} holds no job: export default defineJob({ … })`);
}

async function toRoot(given: string | URL | undefined): Promise<string> {
  if (given === undefined) return process.cwd();
  const root = resolve(given instanceof URL || given.startsWith("file:") ? fileURLToPath(given) : given);
  return realpath(root).catch((cause: unknown) => {
    throw new ServerError(
      "INVALID_ROOT",
      `the root ${root} does not exist: name the folder of the job files`,
      {
        cause,
      },
    );
  });
}

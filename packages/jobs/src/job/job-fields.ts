import { ServerError } from "@x/server";
import type { GiveUp, JobData, JobEvent } from "../types.ts";

/** The fields of jobs, as a worker puts them on `data`. */
export type JobFields = Pick<JobData, "job" | "attempt" | "progress" | "giveUp">;

/** What a worker has put on `data`, and for a job that somebody invokes by hand, what it would have. */
export function toJobFields(
  queue: string,
  version: number,
  data: { readonly event: Partial<JobEvent>; readonly progress?: JobData["progress"] },
): JobFields {
  const job: JobEvent = {
    id: "",
    queue,
    attempt: 1,
    isLastAttempt: true,
    payload: {},
    version,
    enqueuedAt: new Date(),
    dueAt: new Date(),
    slot: undefined,
    ...data.event,
  };
  return { job, attempt: job.attempt, progress: data.progress ?? (() => {}), giveUp };
}

const giveUp: GiveUp = (message, cause) => {
  throw new ServerError("JOB_GIVEN_UP", message, cause === undefined ? {} : { cause });
};

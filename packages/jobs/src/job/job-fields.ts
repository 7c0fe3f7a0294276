import { ServerError } from "@x/server";
import type { GiveUp, JobData, JobEvent } from "../types.ts";

/** The fields of jobs, as a worker puts them on `data`. */
export type JobFields = Pick<JobData, "job" | "attempt" | "progress" | "giveUp">;

/** What a job finds on `data`: what its worker has put there, or what whoever invokes it by hand did. */
export type GivenFields = Partial<JobFields> & { readonly event: Partial<JobEvent> };

/** What a worker has put on `data`, and for a job that somebody invokes by hand, what it would have. */
export function toJobFields(queue: string, version: number, data: GivenFields): JobFields {
  if (isComplete(data)) return data;
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

/** Only a worker gives the attempt itself beside the event. */
function isComplete(data: GivenFields): data is GivenFields & JobFields {
  return data.job !== undefined && data.job === data.event;
}

/** What `giveUp` of every handler is. */
export const giveUp: GiveUp = (message, cause) => {
  throw new ServerError("JOB_GIVEN_UP", message, cause === undefined ? {} : { cause });
};

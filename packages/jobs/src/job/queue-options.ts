import type { Queue } from "pg-boss";
import type { Job } from "./job.ts";
import { toVersionedQueue } from "./queue-name.ts";

/** What is due is never too old to run: ten years. */
const FOR_EVER_SECONDS = 315_360_000;

/** What a definition says, in the words of pg-boss. Jobs carry it themselves; dead letters have it from their queue. */
export function toQueueOptions({ limits, deadLetter }: Job): Omit<Queue, "name"> {
  const { retries, retryDelaySeconds, retryDelayMaxSeconds, timeoutSeconds, leaseSeconds, keepSeconds } =
    limits;
  return {
    retryLimit: retries,
    retryDelay: retryDelaySeconds,
    ...(retryDelaySeconds > 0 && { retryBackoff: true, retryDelayMax: retryDelayMaxSeconds }),
    expireInSeconds: timeoutSeconds,
    heartbeatSeconds: leaseSeconds,
    deleteAfterSeconds: keepSeconds,
    retentionSeconds: FOR_EVER_SECONDS,
    ...(deadLetter && { deadLetter: toVersionedQueue(deadLetter.queue, deadLetter.versions.current) }),
  };
}

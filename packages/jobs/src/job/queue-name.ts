import { ServerError } from "@x/server";

const QUEUE_NAME = /^\w[\w\-/]*$/;
const VERSIONED = /^(.+)\.v(\d+)$/;

/**
 * The queue in which payloads of one version wait. Each version has one of its own, so that a worker cannot even see
 * what is newer than itself.
 */
export function toVersionedQueue(queue: string, version: number): string {
  return version === 1 ? queue : `${queue}.v${version}`;
}

/** What `toVersionedQueue` was given. */
export function fromVersionedQueue(name: string): { readonly queue: string; readonly version: number } {
  const [, queue, version] = VERSIONED.exec(name) ?? [];
  return queue === undefined ? { queue: name, version: 1 } : { queue, version: Number(version) };
}

/** @throws ServerError `INVALID_JOB` for a name that the database, a command line or a log could take for another. */
export function assertQueueName(queue: unknown): asserts queue is string {
  if (typeof queue === "string" && queue.length <= 100 && QUEUE_NAME.test(queue)) return;
  throw new ServerError(
    "INVALID_JOB",
    `the queue of a job cannot be called ${JSON.stringify(queue)}: take letters, digits, _, - and /, such as "mails/welcome"`,
  );
}

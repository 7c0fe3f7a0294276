import type { Job } from "../job/job.ts";
import type { LoadedJob } from "./load-jobs.ts";
import { createJobEnvironment, type JobHost } from "./job-environment.ts";

/** Mounts each job for the first worker of a process that needs it, and closes it after the last. */
export class MountedJobs {
  readonly #host: JobHost;
  readonly #users = new Map<Job, number>();

  constructor(host: JobHost) {
    this.#host = host;
  }

  /** Rejects with what a mount throws, and has then given back all of them. */
  async acquire(jobs: readonly LoadedJob[]): Promise<void> {
    for (const { job, file } of jobs) {
      const users = this.#users.get(job) ?? 0;
      this.#users.set(job, users + 1);
      if (users === 0) job.attach(createJobEnvironment(job.queue, file, this.#host));
    }
    const mounts = await Promise.allSettled(jobs.map(({ job }) => job.mount()));
    const failed = mounts.find((mount) => mount.status === "rejected");
    if (!failed) return;
    await this.release(jobs);
    throw failed.reason;
  }

  async release(jobs: readonly LoadedJob[]): Promise<void> {
    await Promise.all(
      jobs.map(async ({ job }) => {
        const users = (this.#users.get(job) ?? 0) - 1;
        this.#users.set(job, users);
        if (users === 0) await job.close();
      }),
    );
  }
}

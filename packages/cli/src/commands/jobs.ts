import type { Jobs } from "@x/jobs";
import type { CommandContext, JobsListOptions, JobsOptions } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { openJobs } from "../project/open-jobs.ts";
import { tellJob, tellJobs, tellSlots } from "../report/job-list.ts";

const PREVIEWED = 10;

/** Lists jobs, the latest first. */
export function list(context: CommandContext<JobsListOptions>): Promise<ExitCode> {
  return withJobs(context, async (jobs, { terminal, options: { queue, state, limit } }) => {
    const found = await jobs.list({
      ...(queue !== undefined && { queue }),
      ...(state !== undefined && { state }),
      ...(limit !== undefined && { limit }),
    });
    terminal.document({ ok: true, jobs: found });
    tellJobs(found, terminal);
  });
}

/** Tells everything that is known of one job. */
export function show(id: string, context: CommandContext<JobsOptions>): Promise<ExitCode> {
  return withJobs(context, async (jobs, { terminal }) => {
    const job = await jobs.show(id);
    terminal.document({ ok: true, job });
    tellJob(job, terminal);
  });
}

/** Gives a job another attempt. */
export function retry(id: string, context: CommandContext<JobsOptions>): Promise<ExitCode> {
  return withJobs(context, async (jobs, { terminal }) => {
    await jobs.retry(id);
    terminal.document({ ok: true, id });
    terminal.line(`${id} is waiting`);
  });
}

/** Takes a job out of its queue. */
export function cancel(id: string, context: CommandContext<JobsOptions>): Promise<ExitCode> {
  return withJobs(context, async (jobs, { terminal }) => {
    await jobs.cancel(id);
    terminal.document({ ok: true, id });
    terminal.line(`${id} is cancelled`);
  });
}

/** Previews the next times of schedules. It asks no database. */
export function next(queue: string | undefined, context: CommandContext<JobsOptions>): Promise<ExitCode> {
  return withJobs(context, async (jobs, { terminal }) => {
    const now = new Date();
    const schedules = (await jobs.all()).flatMap((job) =>
      job.schedule && (queue === undefined || job.queue === queue)
        ? [{ queue: job.queue, schedule: job.schedule, slots: job.schedule.next(PREVIEWED, now) }]
        : [],
    );
    const document = schedules.map(({ queue: name, schedule: { pattern, timeZone, missed }, slots }) => ({
      queue: name,
      pattern,
      timeZone,
      missed,
      slots,
    }));
    terminal.document({ ok: true, schedules: document });
    tellSlots(document, terminal);
  });
}

async function withJobs<Options extends JobsOptions>(
  context: CommandContext<Options>,
  use: (jobs: Jobs, context: CommandContext<Options>) => Promise<void>,
): Promise<ExitCode> {
  const jobs = await openJobs(context.options);
  try {
    await use(jobs, context);
    return EXIT.ok;
  } finally {
    await jobs.close();
  }
}

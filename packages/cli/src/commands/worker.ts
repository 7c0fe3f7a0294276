import type { CommandContext, WorkerOptions } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { openJobs } from "../project/open-jobs.ts";
import { waitForStop } from "../project/stop-signal.ts";

/**
 * Runs jobs until SIGTERM, which ends it with 0 after what runs, or after having handed that back. A job that cannot be
 * mounted ends it with 1 at once.
 */
export async function worker({ terminal, options }: CommandContext<WorkerOptions>): Promise<ExitCode> {
  const jobs = await openJobs(options);
  const stopped = waitForStop();
  const { queues, concurrency, stage } = options;
  const running = await jobs.work({
    ...(queues && { queues: queues.split(",").map((name) => name.trim()) }),
    ...(concurrency !== undefined && { concurrency }),
    ...(stage !== undefined && { stage }),
  });
  const all = (await jobs.all()).map(({ queue }) => queue);
  const taken = queues === undefined ? all : all.filter((queue) => queues.split(",").includes(queue));
  terminal.document({ ok: true, queues: taken });
  terminal.note(`working on ${taken.join(", ")}`);
  terminal.note(`${await stopped}: stopping`);
  await running.stop();
  await jobs.close();
  return EXIT.ok;
}

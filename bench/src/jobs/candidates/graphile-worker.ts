import { Logger, makeWorkerUtils, run } from "graphile-worker";
import type { JobsCandidate } from "../jobs-candidate.ts";

const logger = new Logger(() => () => {});

export const graphileWorker: JobsCandidate = {
  name: "graphile-worker",
  packages: ["graphile-worker"],
  async open({ postgresUrl: connectionString }, onHandled) {
    const utils = await makeWorkerUtils({ connectionString, maxPoolSize: 10, logger });
    await utils.migrate();
    return {
      enqueue: (payload) => utils.addJob("bench", payload),
      async fill(count) {
        const jobs = Array.from({ length: count }, () => ({ identifier: "bench", payload: {} }));
        for (let start = 0; start < count; start += 10_000)
          await utils.addJobs(jobs.slice(start, start + 10_000));
      },
      async work(concurrency) {
        const runner = await run({
          connectionString,
          maxPoolSize: 10,
          concurrency,
          logger,
          noHandleSignals: true,
          taskList: { bench: (payload) => onHandled(payload) },
        });
        return () => runner.stop();
      },
      close: async () => utils.release(),
    };
  },
};

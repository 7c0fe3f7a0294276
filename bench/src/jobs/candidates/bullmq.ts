import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { JobsCandidate } from "../jobs-candidate.ts";

export const bullmq: JobsCandidate = {
  name: "BullMQ",
  packages: ["bullmq", "ioredis"],
  missing: ({ redisPort }) =>
    redisPort === undefined ? "there is no redis-server on this machine" : undefined,
  async open({ redisPort }, onHandled) {
    const connection = new Redis(redisPort!, "127.0.0.1", { maxRetriesPerRequest: null });
    const queue = new Queue("bench", { connection });
    await queue.waitUntilReady();
    return {
      enqueue: (payload) => queue.add("bench", payload),
      async fill(count) {
        const jobs = Array.from({ length: count }, () => ({ name: "bench", data: {} }));
        for (let start = 0; start < count; start += 10_000)
          await queue.addBulk(jobs.slice(start, start + 10_000));
      },
      async work(concurrency) {
        const worker = new Worker("bench", async ({ data }) => onHandled(data), { connection, concurrency });
        await worker.waitUntilReady();
        return () => worker.close();
      },
      async close() {
        await queue.close();
        connection.disconnect();
      },
    };
  },
};

import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { invalidation, type InvalidationConfig } from "../invalidation.ts";

export const READS = ["posts", "posts/1", "posts/1/comments", "postscript", "users"];

/** A client that has read all of `READS`, and may write to any of them. */
export async function filled(config?: InvalidationConfig, others: readonly ClientPlugin[] = []) {
  const bench = createTestBench();
  for (const path of READS) {
    bench.transport.reply(`GET ${path}`, { data: path });
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      bench.transport.reply(`${method} ${path}`, { data: "done" });
  }
  bench.transport.reply("POST broken", { status: 500, data: null });
  const client = bench.client.use([...others, invalidation(config)]);
  for (const path of READS) await client.get(path);
  const stale = () => READS.filter((path) => client.stateManager.getCache(`GET ${path}`)?.stale);
  return { ...bench, client, stale };
}

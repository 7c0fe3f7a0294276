// oxlint-disable no-await-in-loop -- the servers take turns.
import type { Settings } from "../harness/settings.ts";
import { showProgress } from "../harness/show-progress.ts";
import { sendLoad } from "./load/send-load.ts";
import { openConnections } from "./measure-load.ts";
import type { ServerCase } from "./server-case.ts";
import { ServerProcess, type Usage } from "./server-process.ts";

/** The memory of a server after so many requests. */
export interface MemorySample extends Pick<Usage, "rss" | "heapUsed"> {
  readonly requests: number;
}

/** By server, in the order in which they were taken. */
export type MemoryResult = ReadonlyMap<string, readonly MemorySample[]>;

const PUBLISHED = [10_000, 100_000, 1_000_000];
const QUICK = [10_000, 50_000];

/** Measures each server's memory after ever more requests of one case, as long as the time for it lasts. */
export async function measureMemory(
  names: readonly string[],
  serverCase: ServerCase,
  settings: Settings,
): Promise<MemoryResult> {
  const result = new Map<string, MemorySample[]>();
  for (const name of names) {
    showProgress(`memory of ${name}`);
    result.set(name, await measureServer(name, serverCase, settings));
  }
  showProgress("");
  return result;
}

const STEP = 10_000;

async function measureServer(
  name: string,
  serverCase: ServerCase,
  settings: Settings,
): Promise<MemorySample[]> {
  const server = await ServerProcess.start({ name, execArgv: ["--expose-gc"] });
  const connections = await openConnections(server);
  const samples: MemorySample[] = [];
  const start = performance.now();
  try {
    let requests = 0;
    for (const wanted of settings.publish ? PUBLISHED : QUICK) {
      while (requests < wanted) {
        await sendLoad(connections, serverCase, STEP);
        requests += STEP;
        if (performance.now() - start > settings.budgetMs) return samples;
      }
      const { rss, heapUsed } = await server.usage();
      samples.push({ requests, rss, heapUsed });
    }
    return samples;
  } finally {
    for (const connection of connections) connection.close();
    await server.stop();
  }
}

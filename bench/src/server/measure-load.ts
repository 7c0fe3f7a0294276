// oxlint-disable no-await-in-loop -- what is measured runs alone.
import type { CaseResult } from "../harness/measure-cases.ts";
import type { Settings } from "../harness/settings.ts";
import { showProgress } from "../harness/show-progress.ts";
import { shuffle } from "../harness/shuffle.ts";
import { Connection } from "./load/connection.ts";
import { percentile } from "./load/percentile.ts";
import { sendLoad } from "./load/send-load.ts";
import type { ServerCase } from "./server-case.ts";
import { ServerProcess } from "./server-process.ts";

/** Nanoseconds per request of what is measured: the server's CPU time, the elapsed time, two percentiles of latency. */
export const FIGURES = ["cpu", "elapsed", "p50", "p99"] as const;

/** The name of a figure. */
export type Figure = (typeof FIGURES)[number];

/** What every turn found out about one case, by figure. In a turn, each server has a process of its own. */
export type LoadResult = Readonly<Record<Figure, CaseResult>>;

/** How many connections send at the same time. */
export const CONNECTIONS = 10;

/** Enough for a batch to outlast the noise of one moment, and for a 99th percentile to mean something. */
export const BATCH_REQUESTS = 1_000;

/** A round runs a batch of every server, each of which takes long beside a batch of the other suites. */
const ROUNDS_SHARE = 1 / 3;
const WARM_UP_REQUESTS_PER_MS = 300;
const BUDGET_SHARE = 3;

/** Measures each case in fresh processes, the servers of a round interleaved, the cases in turns. */
export async function measureLoad(
  names: readonly string[],
  cases: readonly ServerCase[],
  settings: Settings,
): Promise<Map<string, LoadResult>> {
  const turns = new Map(cases.map(({ id }) => [id, [] as Record<Figure, Rounds>[]]));
  const start = performance.now();
  for (let turn = 1; turn <= settings.processes; turn++) {
    for (const serverCase of cases) {
      showProgress(`turn ${turn} of ${settings.processes}: ${serverCase.title}`);
      turns.get(serverCase.id)!.push(await measureTurn(names, serverCase, settings));
    }
    const elapsed = performance.now() - start;
    if (elapsed + elapsed / turn > settings.budgetMs * BUDGET_SHARE) break;
  }
  showProgress("");
  return new Map([...turns].map(([id, measured]) => [id, toLoadResult(measured)]));
}

/** Of one turn, by server. */
type Rounds = Record<string, { readonly rounds: number[] }>;

async function measureTurn(
  names: readonly string[],
  serverCase: ServerCase,
  settings: Settings,
): Promise<Record<Figure, Rounds>> {
  const servers = await Promise.all(names.map((name) => ServerProcess.start({ name })));
  const connections = new Map<ServerProcess, Connection[]>();
  const created = () => Object.fromEntries(names.map((name) => [name, { rounds: [] as number[] }]));
  const result = { cpu: created(), elapsed: created(), p50: created(), p99: created() };
  try {
    for (const server of servers) {
      // No sooner: servers close connections on which nothing comes.
      const opened = await openConnections(server);
      connections.set(server, opened);
      await sendLoad(opened, serverCase, settings.warmUpMs * WARM_UP_REQUESTS_PER_MS);
    }
    for (let round = 0; round < Math.round(settings.rounds * ROUNDS_SHARE); round++)
      for (const server of shuffle(servers)) {
        const batch = await measureBatch(server, connections.get(server)!, serverCase);
        for (const figure of FIGURES) result[figure][server.name]!.rounds.push(batch[figure]);
      }
    return result;
  } finally {
    for (const connection of [...connections.values()].flat()) connection.close();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function measureBatch(
  server: ServerProcess,
  connections: readonly Connection[],
  serverCase: ServerCase,
): Promise<Record<Figure, number>> {
  const before = await server.usage();
  const { elapsedMs, latenciesMs } = await sendLoad(connections, serverCase, BATCH_REQUESTS);
  const after = await server.usage();
  const nanoseconds = 1e6;
  return {
    cpu: ((after.cpuMs - before.cpuMs) * nanoseconds) / BATCH_REQUESTS,
    elapsed: (elapsedMs * nanoseconds) / BATCH_REQUESTS,
    p50: percentile(latenciesMs, 0.5) * nanoseconds,
    p99: percentile(latenciesMs, 0.99) * nanoseconds,
  };
}

/** Opens the connections of a load. */
export function openConnections({ port }: ServerProcess): Promise<Connection[]> {
  return Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(port)));
}

function toLoadResult(turns: readonly Record<Figure, Rounds>[]): LoadResult {
  const of = (figure: Figure): CaseResult => turns.map((turn) => turn[figure]);
  return { cpu: of("cpu"), elapsed: of("elapsed"), p50: of("p50"), p99: of("p99") };
}

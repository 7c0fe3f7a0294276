// oxlint-disable no-await-in-loop -- what is measured runs alone.
import type { Settings } from "../harness/settings.ts";
import { showProgress } from "../harness/show-progress.ts";
import { shuffle } from "../harness/shuffle.ts";
import { median } from "../harness/spread.ts";
import { Connection } from "./load/connection.ts";
import { withoutFrames } from "./load/response-reader.ts";
import { ServerProcess } from "./server-process.ts";

/** The start of one server, in milliseconds, from spawning its process to the end of its first response. */
export interface Start {
  readonly elapsedMs: number;
  /** CPU time of the process up to then. */
  readonly cpuMs: number;
}

/** By server, one for each round. */
export type StartResult = ReadonlyMap<string, readonly Start[]>;

const REQUEST = Buffer.from("GET /hello HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n\r\n");
const BODY = JSON.stringify({ hello: "world" });
const ROUNDS_SHARE = 1 / 3;

/** Starts every server once a round, in an order drawn anew. The first round fills the disk's cache and is dropped. */
export async function measureStarts(names: readonly string[], settings: Settings): Promise<StartResult> {
  const result = new Map(names.map((name) => [name, [] as Start[]]));
  const rounds = Math.round(settings.rounds * ROUNDS_SHARE);
  for (let round = 0; round <= rounds; round++) {
    showProgress(`starts ${round} of ${rounds}`);
    for (const name of shuffle(names)) {
      const start = await measureStart(name);
      if (round > 0) result.get(name)!.push(start);
    }
  }
  showProgress("");
  return result;
}

/** What a start costs beyond that of a base, compared within each round. */
export function startBeyond(result: StartResult, name: string, base: string, figure: keyof Start): number {
  const baseStarts = result.get(base)!;
  return median(result.get(name)!.map((start, round) => start[figure] - baseStarts[round]![figure]));
}

async function measureStart(name: string): Promise<Start> {
  const startedAt = performance.now();
  const server = await ServerProcess.start({ name, small: true });
  try {
    const connection = await Connection.open(server.port);
    const response = await connection.send(REQUEST);
    const elapsedMs = performance.now() - startedAt;
    connection.close();
    const body = withoutFrames(response).toString();
    if (response.status !== 200 || body !== BODY)
      throw new Error(`${name} starts with ${response.status} ${body}`);
    return { elapsedMs, cpuMs: (await server.usage()).cpuMs };
  } finally {
    await server.stop();
  }
}

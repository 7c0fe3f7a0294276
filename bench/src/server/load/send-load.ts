// oxlint-disable no-await-in-loop -- a connection has one request under way.
import type { Connection } from "./connection.ts";

/** A request that is sent over and over. */
export interface Load {
  readonly request: Uint8Array;
  readonly status: number;
}

/** What a client saw of a load. */
export interface LoadTimes {
  /** From the first byte sent to the last one received. */
  readonly elapsedMs: number;
  /** From each request to the end of its response. */
  readonly latenciesMs: Float64Array;
}

/** Far more than the slowest server needs for what is sent at once. */
const TIMEOUT_MS = 120_000;

/**
 * Sends `count` requests over connections that each wait for a response before they send again. Throws when one has
 * another status than expected, or none: nobody is timed for wrong answers.
 */
export async function sendLoad(
  connections: readonly Connection[],
  { request, status }: Load,
  count: number,
): Promise<LoadTimes> {
  const latenciesMs = new Float64Array(count);
  let sent = 0;
  const run = async (connection: Connection) => {
    while (sent < count) {
      const index = sent++;
      const startedAt = performance.now();
      const response = await connection.send(request);
      latenciesMs[index] = performance.now() - startedAt;
      if (response.status !== status) throw new Error(`expected ${status}, got ${response.head}`);
    }
  };
  const timeout = setTimeout(() => {
    for (const connection of connections) connection.close();
  }, TIMEOUT_MS);
  try {
    const startedAt = performance.now();
    await Promise.all(connections.map(run));
    return { elapsedMs: performance.now() - startedAt, latenciesMs };
  } finally {
    clearTimeout(timeout);
  }
}

import { createClient, type ClientError, type ClientPlugin, type GenericRequestOptions } from "@x/client";
import { createFakeClock, createScriptedTransport } from "@x/client/testing";
import { persist, type PersistConfig, type PersistOptions } from "../persist.ts";
import type { StateStorage } from "../storage.ts";

/** What the state is kept under. */
export const KEY = "client-state";

/** As much of a cache as it takes to see what was restored. */
const cache: ClientPlugin = {
  name: "cache",
  operations: ["read"],
  priority: -10,
  middleware({ stateManager, queryKey, forceRefetch }, next) {
    const entry = forceRefetch ? undefined : stateManager.getCache(queryKey);
    return entry && !entry.stale ? { data: entry.state.data, status: 200 } : next();
  },
};

/** A client as an application starts it, over a storage that outlives it. */
export function start(
  storage: StateStorage,
  { identity, ...config }: PersistConfig & { readonly identity?: () => string | undefined } = {},
  startMs = 0,
) {
  const clock = createFakeClock(startMs);
  const transport = createScriptedTransport(clock);
  const reported: ClientError[] = [];
  let count = 0;
  for (const route of ["GET posts", "GET users", "POST posts"])
    transport.reply(route, () => ({ data: `${route} ${(count += 1)}` }));
  const client = createClient({
    transport,
    clock,
    onError: (error) => reported.push(error),
    ...(identity ? { identity } : {}),
  }).use([persist({ storage, ...config }), cache]);
  const get = async (path: string, options?: GenericRequestOptions & PersistOptions) =>
    (await client.request(path, options)).data;
  return { transport, clock, reported, client, get };
}

/** What a run of an application reads, until it is saved. */
export async function run(
  storage: StateStorage,
  config: Parameters<typeof start>[1] = {},
  ...paths: string[]
) {
  const { client, get, clock } = start(storage, config);
  for (const path of paths) await get(path);
  await clock.advance(1_000);
  client.dispose();
}

/** The keys of what is kept. */
export const keptKeys = (storage: Map<string, unknown>) =>
  (storage.get(KEY) as { entries: { key: string }[] } | undefined)?.entries.map(({ key }) => key);

import type { Client, ClientPlugin, Observer, PluginResponse } from "@x/client";
import { cache } from "@x/client-cache";
import { deduplication } from "@x/client-deduplication";
import { invalidation } from "@x/client-invalidation";
import { optimistic } from "@x/client-optimistic";
import { retry } from "@x/client-retry";
import { createTestBench } from "@x/client/testing";

/** What plugins do to a request, well or badly. */
const PLUGINS: Readonly<Record<string, () => ClientPlugin>> = {
  cache: () => cache({ staleTime: 30 }) as ClientPlugin,
  deduplication: () => deduplication() as ClientPlugin,
  retry: () => retry({ retries: 1, retryDelay: () => 7 }) as ClientPlugin,
  invalidation: () => invalidation() as ClientPlugin,
  optimistic: () => optimistic() as ClientPlugin,
  passing: () => ({ name: "test:passing", middleware: (_, next) => next() }),
  slow: () => ({
    name: "test:slow",
    async middleware({ clock }, next) {
      await new Promise<void>((resolve) => clock.schedule(resolve, 3));
      return next();
    },
  }),
  early: () => ({ name: "test:early", operations: ["write"], middleware: () => ({ data: "early" }) }),
  throwing: () => ({
    name: "test:throwing",
    async middleware(_, next) {
      const response = await next();
      if (response.status === 200) throw new Error("no");
      return response;
    },
  }),
  twice: () => ({ name: "test:twice", middleware: (_, next) => next().then(() => next()) }),
  unawaited: () => ({
    name: "test:unawaited",
    middleware(_, next) {
      void next().catch(() => {});
      return { data: "hasty" };
    },
  }),
  // The client finds out what it returns only when it runs.
  empty: () => ({ name: "test:empty", middleware: () => undefined as unknown as PluginResponse }),
  adding: () => ({
    name: "test:adding",
    afterResponse: (_, { data, error }) => (error ? undefined : { data: `${String(data)}+` }),
  }),
  faulty: () => ({
    name: "test:faulty",
    afterResponse() {
      throw new Error("no");
    },
  }),
};

export const PLUGIN_NAMES = Object.keys(PLUGINS);

export const ACTIONS = [
  "get",
  "post",
  "both",
  "abort",
  "mount",
  "unmount",
  "stale",
  "clear",
  "advance",
] as const;

/** One move: what is done, with which of the two paths, and how the server is to answer the requests of it. */
export interface Move {
  readonly action: (typeof ACTIONS)[number];
  readonly path: "a" | "b";
  readonly delayMs: number;
  readonly status: number;
}

/** Makes the client that is played on. */
export type Start = (bare: Client, plugins: readonly ClientPlugin[]) => Client;

/** Plays moves on a client and gives all that anybody could see of it. */
export async function play(
  pluginNames: readonly string[],
  moves: readonly Move[],
  start: Start,
): Promise<unknown[]> {
  const bench = createTestBench();
  const { transport, clock, reported } = bench;
  const log: unknown[] = [];
  let answer: Pick<Move, "delayMs" | "status"> = { delayMs: 0, status: 200 };
  let answers = 0;
  for (const path of ["a", "b"])
    for (const method of ["GET", "POST"])
      for (let round = 0; round < 60; round += 1)
        transport.reply(`${method} ${path}`, () => {
          answers += 1;
          return { data: answers, status: answer.status };
        });
  // Delays are the client's, so that each is that of its move.
  const delaying: ClientPlugin = {
    name: "test:delaying",
    priority: 1_000,
    async middleware({ clock: time }, next) {
      const { delayMs } = answer;
      if (delayMs > 0) await new Promise<void>((resolve) => time.schedule(resolve, delayMs));
      return next();
    },
  };
  const plugins = [...pluginNames.map((name) => PLUGINS[name]!()), delaying];
  const client = start(bench.client, plugins);
  const observers = new Map<string, Observer>();
  const pending: Promise<unknown>[] = [];
  const controllers: AbortController[] = [];

  const send = (method: string, path: string) => {
    const id = pending.length;
    const controller = new AbortController();
    controllers.push(controller);
    pending.push(
      client.request(path, { method, signal: controller.signal }).then(({ data, error, status, aborted }) => {
        log.push(["settled", id, clock.now(), data, error?.code, error?.message, status, aborted]);
      }),
    );
  };

  for (const { action, path, delayMs, status } of moves) {
    answer = { delayMs, status };
    if (action === "get" || action === "both") send("GET", path);
    if (action === "post" || action === "both") send("POST", path);
    if (action === "abort") controllers.at(-1)?.abort();
    if (action === "stale") client.stateManager.markStale("*");
    if (action === "clear") client.stateManager.clear();
    if (action === "mount" && !observers.has(path)) {
      const observer: Observer = client.observe(path);
      observers.set(path, observer);
      observer.subscribe(() => {
        const { data, error, fetching, stale } = observer.getSnapshot();
        log.push(["shown", path, clock.now(), data, error?.code, fetching, stale]);
      });
      observer.mount();
    }
    if (action === "unmount") {
      observers.get(path)?.unmount();
      observers.delete(path);
    }
    if (action === "advance") await clock.advance(delayMs);
  }
  await clock.advance(1_000);
  for (const observer of observers.values()) observer.unmount();
  await clock.advance(1_000);
  await Promise.all(pending);
  log.push(transport.requests.map(({ method, url, headers }) => [method, url, headers]));
  log.push(client.dehydrate(), clock.scheduled);
  log.push(
    reported
      .filter(({ plugin }) => plugin !== "devtools")
      .map(({ code, plugin, message }) => [code, plugin, message]),
  );
  client.dispose();
  return log;
}

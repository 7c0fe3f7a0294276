// What a user of @x/react writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  createHooks,
  type ApiOf,
  type Hooks,
  type PluginsOf,
  type ReactErrorCode,
  type ReadBehaviour,
  type ReadOptions,
  type ReadResult,
  type Skipped,
  type UseRead,
  type UseWrite,
  type WriteResult,
} from "@x/react";
import { createCoreHooks, type CoreHooks } from "@x/react/core";
import { createPagesHook, type PagesResult, type UsePages } from "@x/react/pages";
import { createQueueHook, type QueueResult, type UseQueue } from "@x/react/queue";
import { createStateStream, receiveState, type StateStreamOptions } from "@x/react/streaming";
import { createSubscriptionHook, type SubscriptionResult, type UseSubscription } from "@x/react/subscribe";
import { createSuspenseHooks, type SuspenseHooks, type SuspenseReadResult } from "@x/react/suspense";

interface Api {
  "orders/:id": { GET: { data: { total: number } }; DELETE: { data: null } };
  orders: { POST: { data: { id: number }; body: { total: number } } };
}

const { client, transport } = createTestBench<Api>();
type AppClient = typeof client;
type AppApi = ApiOf<AppClient>;
type AppPlugins = PluginsOf<AppClient>;

const hooks: Hooks<AppClient> = createHooks(client);
const suspense: SuspenseHooks<AppApi, AppPlugins> = createSuspenseHooks(hooks);
const core: CoreHooks<AppClient> = createCoreHooks(client);
const usePages: UsePages<AppApi, AppPlugins> = createPagesHook(core);
const useQueue: UseQueue<AppApi, AppPlugins> = createQueueHook(core);
const useSubscription: UseSubscription<AppApi, AppPlugins> = createSubscriptionHook(core);
for (const hook of [
  hooks.useRead,
  hooks.useWrite,
  hooks.usePages,
  hooks.useQueue,
  hooks.useSubscription,
  suspense.useSuspenseRead,
  usePages,
  useQueue,
  useSubscription,
])
  assert.equal(typeof hook, "function");

// What a component writes. Nothing renders it here: React's renderers are packages of their own.
export function Order({ id }: { id: number | undefined }) {
  const useRead: UseRead<AppApi, AppPlugins> = hooks.useRead;
  const useWrite: UseWrite<AppApi, AppPlugins> = hooks.useWrite;
  const behaviour: ReadBehaviour = { keepPreviousData: true };
  const options: ReadOptions<AppApi, "orders/:id", AppPlugins> | Skipped = id !== undefined && {
    params: { id },
    ...behaviour,
  };
  const read: ReadResult<{ total: number }, unknown, object> = useRead("orders/:id", options);
  const write: WriteResult<{ id: number }, unknown, object, { body: { total: number } }> = useWrite("orders");
  const waited: SuspenseReadResult<{ total: number }, unknown, object> = suspense.useSuspenseRead(
    "orders/:id",
    {
      params: { id: 1 },
    },
  );
  const queue: Pick<QueueResult<unknown, unknown, object>, "waiting"> = useQueue("orders", {
    concurrency: 2,
  });
  type Shown = Pick<PagesResult<unknown, unknown, unknown, object>, "hasNext"> &
    Pick<SubscriptionResult<unknown, unknown, object>, "status">;
  const shown = (value: Shown) => value;
  // @ts-expect-error there is no such path
  useRead("order");
  // @ts-expect-error the body is missing
  void write.send();
  return [read.data?.total, waited.data.total, queue.waiting, shown];
}

// The state goes along with the HTML of a server, and is there before the browser reads.
transport.reply("GET orders/1", { data: { total: 7 } });
await client.get("orders/:id", { params: { id: 1 } });
const options: StateStreamOptions = { name: "orders" };
const html = new Response("<p>7</p>").body!.pipeThrough(createStateStream(client, options));
const page = await new Response(html).text();
const script = /^<script>(.*)<\/script><p>7<\/p>$/.exec(page)?.[1];
assert.ok(script);
Object.assign(globalThis, { self: globalThis });
new Function(script)();
const browser = createTestBench<Api>().client;
receiveState(browser, options);
assert.deepEqual(browser.stateManager.getCache("GET orders/1")?.state.data, { total: 7 });

const code: ClientErrorCode & ReactErrorCode = "NO_CLIENT";
assert.equal(code, "NO_CLIENT");

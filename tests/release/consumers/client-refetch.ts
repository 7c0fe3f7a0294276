// What a user of @x/client-refetch writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import {
  type Subscribe,
  refetch,
  type RefetchConfig,
  type RefetchOptions,
  type RefetchTypes,
} from "@x/client-refetch";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const listeners = new Set<() => void>();
const focusEvents: Subscribe = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
const config: RefetchConfig = { focusEvents, refetchOnReconnect: false };
const plugin: ClientPlugin<RefetchTypes> = refetch(config);
assert.equal(plugin.name, "refetch");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: ["first"] });
const client = bench.client.use([refetch(config)]);
const options: RefetchOptions = { refetchOnWindowFocus: "always" };
const observer = client.observe("posts", options);
observer.mount();
await flushMicrotasks();
for (const listener of listeners) listener();
await flushMicrotasks();
assert.equal(bench.transport.requests.length, 2);
observer.unmount();
assert.equal(listeners.size, 0);

// @ts-expect-error a write is not repeated
void client.post("posts", { body: "a", refetchOnWindowFocus: true });
assert.deepEqual(bench.reported, []);

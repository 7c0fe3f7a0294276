// What a user of @x/client-gc writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { gc, type GcConfig, type GcOptions, type GcTypes } from "@x/client-gc";
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  "posts/:id": { GET: { data: number } };
}

const config: GcConfig = { gcTime: 1_000, maxEntries: 2 };
const plugin: ClientPlugin<GcTypes> = gc(config);
assert.equal(plugin.name, "gc");

const bench = createTestBench<Api>();
for (const id of [1, 2, 3]) bench.transport.reply(`GET posts/${id}`, { data: id });
const client = bench.client.use([gc(config)]);
const kept: GcOptions = { gcTime: Infinity };
const observer = client.observe("posts/:id", { params: { id: 1 } });
observer.mount();
await client.get("posts/:id", { params: { id: 2 }, ...kept });
await client.get("posts/:id", { params: { id: 3 } });
assert.equal(client.stateManager.size, 2);
await bench.clock.advance(5_000);
assert.deepEqual([client.stateManager.size, observer.getSnapshot().data], [1, 1]);
observer.unmount();

// @ts-expect-error in milliseconds
await client.get("posts/:id", { params: { id: 1 }, gcTime: "1s" });
client.dispose();
assert.deepEqual([bench.reported, bench.clock.scheduled], [[], 0]);

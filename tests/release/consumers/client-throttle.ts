// What a user of @x/client-throttle writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { throttle, type ThrottleOptions, type ThrottleTypes } from "@x/client-throttle";

interface Api {
  prices: { GET: { data: number }; POST: { data: number; body: number } };
}

const options: ThrottleOptions = { throttleMs: 1_000 };
const plugin: ClientPlugin<ThrottleTypes> = throttle(options);
assert.equal(plugin.name, "throttle");

const bench = createTestBench<Api>();
bench.transport.reply("GET prices", { data: 1 }).reply("GET prices", { data: 2 });
const client = bench.client.use([throttle(options)]);
const price: number | undefined = (await client.get("prices")).data;
assert.equal(price, 1);
assert.equal((await client.get("prices")).data, 1);
assert.equal((await client.get("prices", { throttleMs: 0 })).data, 2);
await bench.clock.advance(1_000);
await client.get("prices");
assert.equal(bench.transport.requests.length, 3);

// @ts-expect-error no write is dropped
void client.post("prices", { body: 1, throttleMs: 1_000 });
assert.deepEqual(bench.reported, []);

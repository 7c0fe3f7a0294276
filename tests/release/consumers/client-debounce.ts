// What a user of @x/client-debounce writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  debounce,
  type DebounceConfig,
  type DebounceErrorCode,
  type DebounceOptions,
  type DebounceTypes,
} from "@x/client-debounce";

interface Api {
  search: { GET: { data: string; query: { text: string } } };
}

const config: DebounceConfig = { debounceMs: 300, operations: ["read"] };
const plugin: ClientPlugin<DebounceTypes> = debounce(config);
assert.equal(plugin.name, "debounce");

const bench = createTestBench<Api>();
bench.transport.reply("GET search", { data: "found" });
const client = bench.client.use([debounce(config)]);
const pending = [
  client.get("search", { query: { text: "a" } }),
  client.get("search", { query: { text: "ab" } }),
];
await bench.clock.advance(300);
const [first, second] = await Promise.all(pending);
const code: (ClientErrorCode & DebounceErrorCode) | undefined =
  first?.error?.code === "SUPERSEDED" ? first.error.code : undefined;
assert.equal(code, "SUPERSEDED");
assert.equal(second?.data, "found");
assert.equal(bench.transport.requests.length, 1);

const atOnce: DebounceOptions = { debounceMs: 0 };
await client.get("search", { query: { text: "abc" }, ...atOnce });
assert.equal(bench.transport.requests.length, 2);

// @ts-expect-error in milliseconds, not a text
void client.get("search", { query: { text: "a" }, debounceMs: "300" });
assert.deepEqual(bench.reported, []);
client.dispose();

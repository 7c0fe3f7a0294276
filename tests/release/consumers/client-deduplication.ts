// What a user of @x/client-deduplication writes, against the published package: its API at run time, its types when
// checked.
import assert from "node:assert/strict";
import {
  deduplication,
  type DeduplicationConfig,
  type DeduplicationOptions,
  type DeduplicationTypes,
} from "@x/client-deduplication";
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const config: DeduplicationConfig = { operations: ["read"] };
const plugin: ClientPlugin<DeduplicationTypes> = deduplication(config);
assert.equal(plugin.name, "deduplication");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: ["first"] }).reply("POST posts", { data: "second" });
const client = bench.client.use([deduplication()]);
const both = await Promise.all([client.get("posts"), client.get("posts")]);
assert.deepEqual(
  both.map(({ data }) => data),
  [["first"], ["first"]],
);
assert.equal(bench.transport.requests.length, 1);

const alone: DeduplicationOptions = { dedupe: false };
await Promise.all([client.get("posts", alone), client.get("posts", alone)]);
assert.equal(bench.transport.requests.length, 3);
await Promise.all([
  client.post("posts", { body: "a", dedupe: true }),
  client.post("posts", { body: "a", dedupe: true }),
]);
assert.equal(bench.transport.requests.length, 4);

// @ts-expect-error it is a boolean
await client.get("posts", { dedupe: 1 });
assert.deepEqual(bench.reported, []);

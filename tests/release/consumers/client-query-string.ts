// What a user of @x/client-query-string writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  type ArrayFormat,
  type NestingSyntax,
  queryString,
  type QueryStringOptions,
  type QueryStringTypes,
} from "@x/client-query-string";

interface Api {
  posts: { GET: { data: string[]; query: { filter: { ids: number[] } } } };
}

const arrayFormat: ArrayFormat = "brackets";
const nestingSyntax: NestingSyntax = "index";
const options: QueryStringOptions = { arrayFormat, nestingSyntax, skipNulls: true };
const plugin: ClientPlugin<QueryStringTypes> = queryString(options);
assert.equal(plugin.name, "query-string");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: [] });
const client = bench.client.use([queryString(options)]);
const query = { filter: { ids: [1, 2] } };
await client.get("posts", { query });
await client.get("posts", { query, arrayFormat: "comma", nestingSyntax: "dot" });
assert.deepEqual(
  bench.transport.requests.map(({ url }) => decodeURIComponent(url)),
  ["posts?filter[ids][]=1&filter[ids][]=2", "posts?filter.ids=1,2"],
);

// @ts-expect-error no such format
void client.get("posts", { query, arrayFormat: "semicolon" });
assert.deepEqual(bench.reported, []);

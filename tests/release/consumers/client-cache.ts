// What a user of @x/client-cache writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import {
  cache,
  type CacheInternal,
  type CacheMethods,
  type CacheOptions,
  type CacheTypes,
} from "@x/client-cache";
import { type ClientPlugin, createClient } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const options: CacheOptions = { staleTime: 5_000 };
const plugin: ClientPlugin<CacheTypes> = cache(options);
assert.equal(plugin.name, "cache");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: ["first"] }).reply("POST posts", { data: "second" });
const client = bench.client.use([cache(options)]);
const titles: string[] | undefined = (await client.get("posts")).data;
assert.deepEqual(titles, ["first"]);
await client.get("posts");
assert.equal(bench.transport.requests.length, 1);
await client.get("posts", { staleTime: 0 });
assert.equal(bench.transport.requests.length, 2);

const { clearCache }: CacheMethods = client;
clearCache("posts");
assert.equal(client.stateManager.size, 0);

// Another plugin, which knows the type of what this one offers.
const fresh: (boolean | undefined)[] = [];
const asking: ClientPlugin = {
  name: "consumer:asking",
  afterResponse(context) {
    const internal: CacheInternal | undefined = context.plugins.get("cache");
    fresh.push(internal?.isFresh());
  },
};
const asked = client.use([asking]);
await asked.get("posts");
await asked.get("posts");
assert.deepEqual(fresh, [false, true]);

// @ts-expect-error writes are not cached
await client.post("posts", { body: "second", staleTime: 5_000 });
// @ts-expect-error a client without the plugin has no such method
assert.equal(createClient<Api>().clearCache, undefined);
assert.deepEqual(bench.reported, []);

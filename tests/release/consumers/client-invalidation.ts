// What a user of @x/client-invalidation writes, against the published package: its API at run time, its types when
// checked.
import assert from "node:assert/strict";
import {
  invalidation,
  type Invalidate,
  type InvalidationConfig,
  type InvalidationInternal,
  type InvalidationMethods,
  type InvalidationOptions,
  type InvalidationTypes,
} from "@x/client-invalidation";
import { type ClientPlugin, definePlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const config: InvalidationConfig = { invalidate: ({ tags }): Invalidate => tags };
const plugin: ClientPlugin<InvalidationTypes> = invalidation(config);
assert.equal(plugin.name, "invalidation");

// Another plugin, which depends on this one and so is sure of its internal API.
const silencing = definePlugin()({
  name: "consumer:silencing",
  operations: ["write"],
  dependencies: ["invalidation"],
  middleware(context, next) {
    const internal: InvalidationInternal = context.plugins.get("invalidation");
    if (context.request.body === "silent") internal.disableAutoInvalidate();
    return next();
  },
});

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: [] }).reply("POST posts", { data: "done" });
assert.throws(() => bench.client.use([silencing]), { code: "MISSING_DEPENDENCY" });
const client = bench.client.use([invalidation(), silencing]);
const isStale = () => client.stateManager.getCache("GET posts")?.stale;
const explicit: InvalidationOptions = { invalidate: "posts" };
await client.get("posts");
await client.post("posts", { body: "silent" });
assert.equal(isStale(), false);
await client.post("posts", { body: "silent", ...explicit });
assert.equal(isStale(), true);
await client.get("posts");
const { invalidate }: InvalidationMethods = client;
invalidate("posts");
assert.equal(isStale(), true);

// @ts-expect-error a read changes nothing
await client.get("posts", { invalidate: "posts" });
assert.deepEqual(bench.reported, []);

// What a user of @x/client-prefetch writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { prefetch, type PrefetchMethods, type PrefetchTypes } from "@x/client-prefetch";
import { type ClientPlugin, definePlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  "posts/:id": { GET: { data: { title: string } } };
}

const plugin: ClientPlugin<PrefetchTypes> = prefetch();
assert.equal(plugin.name, "prefetch");

const labels: (string | undefined)[] = [];
const label = definePlugin<{ options: { label?: string } }>()({
  name: "consumer:label",
  operations: ["read"],
  middleware(context, next) {
    labels.push(context.pluginOptions?.label);
    return next();
  },
});

const bench = createTestBench<Api>();
bench.transport.reply("GET posts/1", { data: { title: "Hi" } });
const client = bench.client.use([prefetch(), label]);
const methods: PrefetchMethods = client;
assert.equal(typeof methods.prefetch, "function");
void client.prefetch("posts/:id", { params: { id: 1 }, label: "ahead" });
await bench.clock.advance(0);
const observer = client.observe("posts/:id", { params: { id: 1 } });
const title: string | undefined = observer.getSnapshot().data?.title;
assert.equal(title, "Hi");
const { data } = await client.prefetch("posts/:id", { params: { id: 1 } });
const again: string | undefined = data?.title;
assert.deepEqual([again, labels], ["Hi", ["ahead", undefined]]);

// @ts-expect-error the path has a param
const { error } = await client.prefetch("posts/:id");
assert.equal(error?.code, "MISSING_PARAM");
assert.deepEqual(bench.reported, []);

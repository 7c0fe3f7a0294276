// What a user of @x/client-optimistic writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import {
  defineUpdate,
  optimistic,
  type OptimisticErrorCode,
  type OptimisticOptions,
  type OptimisticTarget,
  type OptimisticTypes,
  type OptimisticUpdate,
} from "@x/client-optimistic";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const plugin: ClientPlugin<OptimisticTypes> = optimistic();
assert.equal(plugin.name, "optimistic");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: ["first"] });
const held = bench.transport.hold("POST posts");
const client = bench.client.use([optimistic()]);
const observer = client.observe("posts");
observer.mount();
await flushMicrotasks();

const update = defineUpdate<Api>();
const adding: OptimisticUpdate = update("posts", {
  update: (posts, saved?: string) => [...posts, saved ?? "draft"],
});
const target: OptimisticTarget = { tags: "posts" };
const options: OptimisticOptions = { optimistic: [adding, { ...target, update: (posts) => posts }] };
const pending = client.post("posts", { body: "second", ...options });
await flushMicrotasks();
assert.deepEqual(observer.getSnapshot().data, ["first", "draft"]);
assert.equal(observer.getSnapshot().meta.isOptimistic, true);
held[0]?.reply({ status: 201, data: "second" });
await pending;
assert.deepEqual(observer.getSnapshot().data, ["first", "second"]);
assert.equal(observer.getSnapshot().meta.isOptimistic, false);

const failing = client.post("posts", { body: "third", optimistic: adding });
await flushMicrotasks();
held[1]?.reply({ status: 409 });
assert.equal((await failing).error?.status, 409);
assert.deepEqual(observer.getSnapshot().data, ["first", "second"]);

const code: ClientErrorCode & OptimisticErrorCode = "UPDATE_THREW";
assert.equal(code, "UPDATE_THREW");
// @ts-expect-error a read changes nothing
void client.get("posts", { optimistic: adding });
// @ts-expect-error a list of posts is no number
update("posts", { update: () => 1 });
assert.deepEqual(bench.reported, []);
client.dispose();

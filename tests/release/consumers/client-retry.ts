// What a user of @x/client-retry writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { retry, type RetryInternal, type RetryOptions, type RetryTypes } from "@x/client-retry";
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const options: RetryOptions = { retries: 2, retryDelay: 100, maxRetryDelay: 1_000 };
const plugin: ClientPlugin<RetryTypes> = retry(options);
assert.equal(plugin.name, "retry");

// Another plugin, which knows the type of what this one offers.
const careful: ClientPlugin = {
  name: "consumer:careful",
  priority: -5,
  middleware(context, next) {
    const internal: RetryInternal | undefined = context.plugins.get("retry");
    internal?.assumeIdempotent();
    return next();
  },
};

const bench = createTestBench<Api>();
for (const status of [503, 503, 200]) bench.transport.reply("GET posts", { status, data: ["first"] });
for (const status of [503, 201]) bench.transport.reply("POST posts", { status, data: "second" });
const client = bench.client.use([retry(options), careful]);
const reading = client.get("posts");
const writing = client.post("posts", { body: "second" });
await bench.clock.advance(1_000);
const titles: string[] | undefined = (await reading).data;
assert.deepEqual([titles, (await writing).status], [["first"], 201]);
assert.equal(bench.transport.requests.length, 5);

// @ts-expect-error a number of times
await client.get("posts", { retries: "2" });
assert.deepEqual([bench.reported, bench.clock.scheduled], [[], 0]);

// What a user of @x/client-next writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  next,
  type NextConfig,
  type NextErrorCode,
  type NextFetchOptions,
  type NextOptions,
  type NextTypes,
  type RevalidatedPath,
  type ServerRevalidation,
} from "@x/client-next";

interface Api {
  posts: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const told: ServerRevalidation[] = [];
const revalidator = async (revalidation: ServerRevalidation) => void told.push(revalidation);
const kept: NextFetchOptions = { revalidate: 60 };
const config: NextConfig = { revalidator, next: kept };
const plugin: ClientPlugin<NextTypes> = next(config);
assert.equal(plugin.name, "next");

const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: [] }).reply("POST posts", { data: "done" });
const client = bench.client.use([next(config)]);
await client.get("posts");
assert.deepEqual(bench.transport.requests[0]?.fetchInit, { next: { revalidate: 60, tags: ["*", "posts"] } });

const feed: RevalidatedPath = { path: "/feed/[page]", type: "page" };
const asked: NextOptions = { revalidatePaths: [feed, "/"] };
await client.post("posts", { body: "Hi", ...asked });
assert.deepEqual(told, [{ tags: ["posts", "posts/*"], paths: [feed, { path: "/" }] }]);
await client.post("posts", { body: "Hi", serverRevalidate: false });
assert.equal(told.length, 1);

const code: ClientErrorCode & NextErrorCode = "NEXT_REVALIDATE_FAILED";
const failing = bench.client.use([next({ revalidator: () => Promise.reject(new Error("no")) })]);
assert.equal((await failing.post("posts", { body: "Hi" })).data, "done");
assert.deepEqual(
  bench.reported.map((error) => error.code),
  [code],
);

// @ts-expect-error seconds, not a text
await client.get("posts", { next: { revalidate: "60s" } });

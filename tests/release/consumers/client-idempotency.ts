// What a user of @x/client-idempotency writes, against the published package: its API at run time, its types when
// checked.
import assert from "node:assert/strict";
import {
  idempotency,
  type IdempotencyConfig,
  type IdempotencyErrorCode,
  type IdempotencyMeta,
  type IdempotencyOptions,
  type IdempotencyStorage,
  type IdempotencyTypes,
} from "@x/client-idempotency";
import type { ClientErrorCode, ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Api {
  orders: { GET: { data: string[] }; POST: { data: string; body: { item: number } } };
}

const items = new Map<string, string>();
const storage: IdempotencyStorage = {
  getItem: (name) => items.get(name),
  setItem: (name, value) => items.set(name, value),
  removeItem: async (name) => items.delete(name),
};
const config: IdempotencyConfig = { storage, maxAgeMs: 60_000 };
const plugin: ClientPlugin<IdempotencyTypes> = idempotency(config);
assert.equal(plugin.name, "idempotency");

// Two pages, one after the other: the first gets no answer.
const keys: (string | undefined)[] = [];
for (const status of [503, 201]) {
  const bench = createTestBench<Api>();
  bench.transport.reply("POST orders", { status, data: "done" });
  const client = bench.client.use([idempotency(config)]);
  const { meta } = await client.post("orders", { body: { item: 7 } });
  const told: Partial<IdempotencyMeta> = meta;
  keys.push(told.idempotencyKey);
  assert.equal(bench.transport.requests[0]?.headers["idempotency-key"], told.idempotencyKey);
  assert.deepEqual(bench.reported, []);
}
assert.ok(keys[0]);
assert.equal(keys[0], keys[1]);
assert.equal(items.size, 0);

const bench = createTestBench<Api>();
bench.transport.reply("POST orders", { data: "done" });
const client = bench.client.use([idempotency()]);
const own: IdempotencyOptions = { idempotencyKey: "order-7" };
assert.equal((await client.post("orders", { body: { item: 7 }, ...own })).meta.idempotencyKey, "order-7");
const code: ClientErrorCode = "IDEMPOTENCY_STORAGE_FAILED" satisfies IdempotencyErrorCode;
assert.equal(code.length, 26);

// @ts-expect-error a read has no key
await client.get("orders", { idempotencyKey: "order-7" });

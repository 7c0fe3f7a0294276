// What a user of @x/client-contract writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import type { ClientErrorCode, ClientPlugin, ErrorOf, TagsOf } from "@x/client";
import { createTestBench } from "@x/client/testing";
import {
  contract,
  type ContractErrorCode,
  type ContractSkew,
  isContractSkew,
  type KnownContract,
} from "@x/client-contract";

interface Api {
  orders: {
    GET: { data: string[]; reads: readonly ["orders"] };
    POST: { data: string; body: { sku: string }; errors: { OUT_OF_STOCK: { left: number } } };
  };
}

const built = {
  hash: "built",
  input: { object: { sku: "string" } },
  output: "string",
  errors: { OUT_OF_STOCK: { object: { left: "number" } } },
};
const known: KnownContract = {
  hashes: { "orders POST": "built" },
  shapes: () => Promise.resolve({ default: { orders: { POST: built } } }),
};
const plugin: ClientPlugin = contract(known);
assert.equal(plugin.name, "contract");

const bench = createTestBench<Api>();
let server: object = { ...built, hash: "grown", output: { const: "done" } };
bench.transport
  .reply("GET orders", { data: ["tea"], headers: { "api-reads": "orders" } })
  .reply("POST orders", ({ headers }) => {
    const { hash } = server as { hash: string };
    if (headers["api-contract"] !== hash)
      return { status: 412, data: { code: "CONTRACT_CHANGED", contract: server } };
    const code = "OUT_OF_STOCK";
    return { status: 409, headers: { "api-error": code }, data: { code, data: { left: 2 } } };
  });
const client = bench.client.use([contract(known)]);

await client.get("orders");
const tag: TagsOf<Api> = "orders";
assert.deepEqual(client.stateManager.findKeys(tag), ["GET orders"]);

const { error } = await client.post("orders", { body: { sku: "tea" } });
assert.equal(error?.code, "OUT_OF_STOCK");
const left: number = error.data.left;
assert.equal(left, 2);

server = { ...built, hash: "broken", input: { object: { sku: "string", address: "string" } } };
const failure: ErrorOf<Api["orders"]["POST"]> | undefined = (
  await client.post("orders", { body: { sku: "tea" } })
).error;
const code: ClientErrorCode & ContractErrorCode = "CONTRACT_SKEW";
assert.equal(failure?.code, code);
assert.ok(isContractSkew(failure));
const skews: readonly ContractSkew[] = failure.data;
assert.deepEqual(skews, [{ side: "input", field: "address", problem: "required" }]);

const { error: other } = await client.get("orders");
// @ts-expect-error the API declares no such error
assert.ok(other?.code !== "OUT_OF_STOCK");
assert.deepEqual(bench.reported, []);

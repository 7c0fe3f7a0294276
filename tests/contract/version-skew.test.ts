import { isContractSkew, type KnownContract } from "@x/client-contract";
import { describe, expect, it } from "vitest";
import { createOrders } from "./orders.ts";
import { connect } from "./typed-client.ts";

const LINE = { object: { sku: "string", at: "string" } };
const INPUT = { object: { sku: "string", left: { optional: "unknown" } } };
const BUILT = { hash: "built", input: INPUT, output: LINE, errors: {} };

const known: KnownContract = {
  hashes: { "orders/create POST": "built" },
  shapes: () => Promise.resolve({ default: { "orders/create": { POST: BUILT } } }),
};

/** A server whose contract for new orders is another one. */
function deployed(change: Partial<typeof BUILT> | Record<string, unknown>) {
  const orders = createOrders({ "orders/create": { POST: { ...BUILT, ...change } } } as never);
  return { ...connect(orders.app, known), lines: orders.lines };
}

describe("a client that was built for another contract", () => {
  it("is answered at once where it is the same", async () => {
    const { client, sent } = deployed({});
    expect((await client.post("orders/create", { body: { sku: "tea" } })).data).toMatchObject({ sku: "tea" });
    expect(sent).toHaveLength(1);
  });

  it("goes on where the server has more, and its write runs once", async () => {
    const { client, sent, lines } = deployed({
      hash: "grown",
      output: { object: { ...LINE.object, id: "number" } },
    });
    const { data, error } = await client.post("orders/create", { body: { sku: "tea" } });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ sku: "tea" });
    expect(lines).toHaveLength(1);
    await client.post("orders/create", { body: { sku: "milk" } });
    expect(sent.map(({ headers }) => headers.get("api-contract"))).toEqual(["built", "grown", "grown"]);
    expect(lines).toHaveLength(2);
  });

  it.each([
    ["gives less", { output: { object: { sku: "string" } } }, "output at removed"],
    ["needs more", { input: { object: { ...INPUT.object, address: "string" } } }, "input address required"],
  ])("is refused before anything has run where the server %s", async (_name, change, skew) => {
    const { client, lines } = deployed({ hash: "broken", ...change });
    const { error } = await client.post("orders/create", { body: { sku: "tea" } });
    expect(
      isContractSkew(error) && error.data.map(({ side, field, problem }) => `${side} ${field} ${problem}`),
    ).toEqual([skew]);
    expect(lines).toEqual([]);
  });
});

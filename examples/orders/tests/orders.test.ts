import { createSubscription } from "@x/client/subscribe";
import { serverSentEvents } from "@x/client-subscribe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeskClient } from "../page/src/client/create-desk-client.ts";
import { CLERK, MANAGER, OTHER_SHOP, startTestDesk, type TestDesk } from "./start-test-desk.ts";

let desk: TestDesk;
let clerk: DeskClient;
let manager: DeskClient;
let stranger: DeskClient;
beforeAll(async () => {
  desk = await startTestDesk();
  clerk = await desk.signIn(CLERK);
  manager = await desk.signIn(MANAGER);
  stranger = await desk.signIn(OTHER_SHOP);
});
afterAll(() => desk.close());

/** Places an order of one piece of something that is there, and tells its id. */
async function placeOrder(client: DeskClient, quantity = 1): Promise<{ id: number; sku: string }> {
  const { data: products = [] } = await client.get("products/list", { staleTime: 0 });
  const { sku } = products.find(({ stock }) => stock >= quantity)!;
  const { data: customers = [] } = await client.get("customers/search", { query: { search: "a" } });
  const body = { customerId: customers[0]!.id, lines: [{ sku, quantity }] };
  const { data } = await client.post("orders/create", { body });
  return { id: data!.id, sku };
}

const stockOf = async (sku: string) =>
  (await clerk.get("products/list", { staleTime: 0 })).data!.find((product) => product.sku === sku)!.stock;

describe("the list", () => {
  it("goes on where a page ends, without a gap and without an order twice", async () => {
    const { data: first } = await clerk.get("orders/list");
    const { data: second } = await clerk.get("orders/list", { query: { before: first!.next! } });
    const ids = [...first!.orders, ...second!.orders].map(({ id }) => id);
    expect(new Set(ids).size).toBe(60);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  it("finds by name, and takes wildcards for what they are", async () => {
    const found = (await clerk.get("orders/list", { query: { search: "moreau" } })).data!.orders;
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ customer }) => customer.includes("Moreau"))).toBe(true);
    expect((await clerk.get("orders/list", { query: { search: "%" } })).data!.orders).toEqual([]);
  });

  it("refuses a status that is none, and says which field", async () => {
    const response = await clerk.get("orders/list", { query: { status: "lost" as "new" } });
    expect(response.status).toBe(400);
    expect(response.error?.body).toMatchObject({ code: "INVALID_PARAMS", errors: [{ path: "status" }] });
  });
});

describe("an order", () => {
  it("takes from the stock, and gives it back when it is cancelled", async () => {
    const { id, sku } = await placeOrder(clerk, 2);
    const left = await stockOf(sku);
    await clerk.post("orders/change-status", { body: { id, status: "cancelled", version: 1 } });
    expect(await stockOf(sku)).toBe(left + 2);
  });

  it("B-57: is refused with what is left when there is too little, and changes nothing", async () => {
    const { data: products = [] } = await clerk.get("products/list", { staleTime: 0 });
    const [first, second] = products.filter(({ stock }) => stock > 0);
    const { data: customers = [] } = await clerk.get("customers/search", { query: { search: "a" } });
    const lines = [
      { sku: first!.sku, quantity: 1 },
      { sku: second!.sku, quantity: 999 },
    ];
    const { error, status } = await clerk.post("orders/create", {
      body: { customerId: customers[0]!.id, lines },
    });
    expect(status).toBe(409);
    expect(error?.code === "OUT_OF_STOCK" && error.data).toEqual({
      sku: second!.sku,
      product: second!.name,
      left: second!.stock,
    });
    expect(await stockOf(first!.sku)).toBe(first!.stock);
  });

  it("never sells the last piece twice, however many ask at once", async () => {
    const { data: products = [] } = await clerk.get("products/list", { staleTime: 0 });
    const { sku, stock } = products.find((product) => product.stock > 0 && product.stock < 10)!;
    const { data: customers = [] } = await clerk.get("customers/search", { query: { search: "a" } });
    const body = { customerId: customers[0]!.id, lines: [{ sku, quantity: 1 }] };
    const statuses = await Promise.all(
      Array.from({ length: stock + 3 }, async () => (await clerk.post("orders/create", { body })).status),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(stock);
    expect(await stockOf(sku)).toBe(0);
  });

  it("is not overwritten by who has not seen its latest version", async () => {
    const { id } = await placeOrder(clerk);
    await manager.post("orders/edit-note", { body: { id, note: "Ring twice.", version: 1 } });
    const { error } = await clerk.post("orders/edit-note", { body: { id, note: "No ringing.", version: 1 } });
    expect(error?.code === "CONFLICT" && error.data).toEqual({
      note: "Ring twice.",
      version: 2,
      by: "Maya Lindqvist",
    });
    expect((await clerk.get("orders/detail", { query: { id } })).data!.note).toBe("Ring twice.");
  });

  it("goes its way step by step", async () => {
    const { id } = await placeOrder(clerk);
    const { error } = await clerk.post("orders/change-status", {
      body: { id, status: "delivered", version: 1 },
    });
    expect(error?.code === "WRONG_STEP" && error.data).toEqual({
      from: "new",
      allowed: ["packed", "cancelled"],
    });
  });
});

it("takes an id that can be none for the caller's mistake", async () => {
  expect((await clerk.get("orders/detail", { query: { id: 99_999_999_999 } })).status).toBe(400);
  expect((await clerk.get("orders/detail", { query: { id: 9_999_999 } })).error?.code).toBe("NO_SUCH_ORDER");
});

describe("another shop", () => {
  it("sees and changes nothing of this one", async () => {
    const { id, sku } = await placeOrder(clerk);
    const seen = await stranger.get("orders/detail", { query: { id } });
    expect(seen.error?.code).toBe("NO_SUCH_ORDER");
    const answers = await Promise.all([
      stranger.post("orders/change-status", { body: { id, status: "packed", version: 1 } }),
      stranger.post("orders/edit-note", { body: { id, note: "mine", version: 1 } }),
    ]);
    expect(answers.map(({ error }) => error?.code)).toEqual(["NO_SUCH_ORDER", "NO_SUCH_ORDER"]);
    const { data: products = [] } = await stranger.get("products/list");
    expect(products.map((product) => product.sku)).not.toContain(sku);
    const { data: page } = await stranger.get("orders/list", { query: { search: `#${id}` } });
    expect(page!.orders).toEqual([]);
  });

  it("cannot order for a customer of this one", async () => {
    const { data: customers = [] } = await clerk.get("customers/search", { query: { search: "a" } });
    const { data: products = [] } = await stranger.get("products/list");
    const body = { customerId: customers[0]!.id, lines: [{ sku: products[0]!.sku, quantity: 1 }] };
    expect((await stranger.post("orders/create", { body })).status).toBe(400);
  });
});

describe("the feed", () => {
  it("tells what happens in the shop as it happens, and nothing of another", async () => {
    const feed = createSubscription(clerk, "orders/feed", {
      adapter: serverSentEvents(),
      accumulate: "append",
    });
    feed.mount();
    await expect.poll(() => feed.getSnapshot().status).toBe("open");
    await placeOrder(stranger);
    const { id } = await placeOrder(manager);
    await expect
      .poll(() => feed.getSnapshot().data)
      .toMatchObject([{ orderId: id, kind: "created", by: "Maya Lindqvist" }]);
    feed.unmount();
  });
});

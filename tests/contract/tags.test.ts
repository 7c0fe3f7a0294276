import { describe, expect, it } from "vitest";
import { createOrders } from "./orders.ts";
import { connect } from "./typed-client.ts";

describe("tags that APIs declare", () => {
  it("are what a read is found by, with its params filled in as in a path", async () => {
    const { client } = connect(createOrders().app);
    await client.get("stock", { query: { sku: "green tea/loose, 100 g" } });
    await client.get("orders/list");
    const tagsOf = (path: string, query?: object) =>
      client.stateManager.getCache(client.queryKeyOf(path, { query }))?.tags;
    expect(tagsOf("orders/list")).toEqual(["orders"]);
    expect(tagsOf("stock", { sku: "green tea/loose, 100 g" })).toEqual([
      `stock/${encodeURIComponent("green tea/loose, 100 g")}`,
    ]);
  });

  it("B-35: have a write make stale what it changes, and what is on screen fetched again", async () => {
    const { client, paths } = connect(createOrders().app);
    const orders = client.observe("orders/list");
    const tea = client.observe("stock", { query: { sku: "tea" } });
    const milk = client.observe("stock", { query: { sku: "milk" } });
    const settled = (observer: { getSnapshot(): { fetching: boolean } }) =>
      expect.poll(() => observer.getSnapshot().fetching).toBe(false);
    for (const observer of [orders, tea, milk]) observer.mount();
    await Promise.all([orders, tea, milk].map(settled));
    await client.post("orders/create", { body: { sku: "tea" } });
    await Promise.all([orders, tea, milk].map(settled));
    expect(orders.getSnapshot().data).toEqual([{ sku: "tea", at: "1970-01-01T00:00:00.000Z" }]);
    expect(tea.getSnapshot()).toMatchObject({ data: 9, stale: false });
    expect(milk.getSnapshot()).toMatchObject({ data: 10, stale: false });
    expect(paths().filter((path) => path === "GET /stock")).toHaveLength(3);
    for (const observer of [orders, tea, milk]) observer.unmount();
  });

  it("B-36: have a write make stale what it changes though some of it was shown beforehand, which stays on screen", async () => {
    const { client } = connect(createOrders().app);
    const orders = client.observe("orders/list");
    orders.mount();
    await client.get("stock", { query: { sku: "tea" } });
    await expect.poll(() => orders.getSnapshot().status).toBe("success");
    const counts: unknown[] = [];
    orders.subscribe(() => counts.push((orders.getSnapshot().data as unknown[] | undefined)?.length));
    await client.post("orders/create", {
      body: { sku: "tea" },
      optimistic: { path: "orders/list", update: (lines: unknown[]) => [...lines, { sku: "tea", at: "" }] },
    });
    const { stateManager, queryKeyOf } = client;
    expect(stateManager.getCache(queryKeyOf("stock", { query: { sku: "tea" } }))?.stale).toBe(true);
    await expect.poll(() => orders.getSnapshot().meta.isOptimistic).toBe(false);
    await expect.poll(() => orders.getSnapshot().fetching).toBe(false);
    expect(orders.getSnapshot().data).toEqual([{ sku: "tea", at: "1970-01-01T00:00:00.000Z" }]);
    expect(new Set(counts)).toEqual(new Set([1]));
    orders.unmount();
  });

  it("have a write that fails make nothing stale", async () => {
    const { client } = connect(createOrders().app);
    await client.get("orders/list");
    await client.post("orders/create", { body: { sku: "tea", left: 1 } });
    expect(client.stateManager.getCache("GET orders/list")?.stale).toBe(false);
  });

  it("B-24: find a read that began before a write, though it is answered after it", async () => {
    const { app } = createOrders();
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    const { client } = connect({
      async fetch(request) {
        const response = await app.fetch(request);
        if (request.method === "GET") await held;
        return response;
      },
    });
    const pending = client.get("orders/list");
    await client.post("orders/create", { body: { sku: "tea" } });
    answer();
    expect((await pending).data).toEqual([]);
    expect(client.stateManager.getCache("GET orders/list")?.stale).toBe(true);
  });
});

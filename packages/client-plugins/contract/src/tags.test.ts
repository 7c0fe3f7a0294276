import { cache } from "@x/client-cache";
import { invalidation } from "@x/client-invalidation";
import { createPages } from "@x/client/pages";
import { createQueue } from "@x/client/queue";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { contract } from "./index.ts";

const NOTHING = { hashes: {}, shapes: () => Promise.resolve({ default: {} }) };

function tagged() {
  const bench = createTestBench();
  bench.transport.reply("GET dashboard", { data: 1, headers: { "api-reads": "orders,customers/7" } });
  bench.transport.reply("POST orders", { data: "done", headers: { "api-writes": "customers/7, orders" } });
  bench.transport.reply("POST visits", { data: "done", headers: { "api-writes": "" } });
  bench.transport.reply("POST dashboard", { data: "done" });
  const client = bench.client.use([cache(), invalidation(), contract(NOTHING)]);
  const entry = () => client.stateManager.getCache("GET dashboard");
  return { ...bench, client, entry };
}

describe("a read whose API says what it reads", () => {
  it("is found by that, and no longer by its path", async () => {
    const { client, entry } = tagged();
    await client.get("dashboard");
    expect(entry()?.tags).toEqual(["orders", "customers/7"]);
    client.invalidate("dashboard");
    expect(entry()?.stale).toBe(false);
    client.invalidate("customers/*");
    expect(entry()?.stale).toBe(true);
  });

  it("keeps the tags that the caller gave", async () => {
    const { client, entry } = tagged();
    await client.get("dashboard", { tags: ["mine"] });
    expect(entry()?.tags).toEqual(["mine"]);
  });

  it("keeps its tags where it is answered from the cache", async () => {
    const { client, transport, entry } = tagged();
    await client.get("dashboard");
    await client.get("dashboard");
    expect(transport.requests).toHaveLength(1);
    expect(entry()?.tags).toEqual(["orders", "customers/7"]);
  });

  it("has none where it reads nothing, and is as ever where its failure says something", async () => {
    const { client, transport } = createTestBench();
    transport.reply("GET nothing", { data: 1, headers: { "api-reads": "" } });
    transport.reply("GET broken", { status: 500, headers: { "api-reads": "orders" } });
    const plugged = client.use([contract(NOTHING)]);
    await plugged.get("nothing");
    await plugged.get("broken");
    expect(plugged.stateManager.getCache("GET nothing")?.tags).toEqual([]);
    expect(plugged.stateManager.findKeys("orders")).toEqual([]);
  });

  it("may be a page of a list, which is fetched again with what it reads", async () => {
    const { client, transport } = tagged();
    transport.reply("GET list", ({ url }) => ({ data: url, headers: { "api-reads": "orders" } }));
    const list = createPages(client, "list", {
      initialPageParam: 0,
      toRequest: (page) => ({ query: { page } }),
      getNextPageParam: () => null,
    });
    list.mount();
    await flushMicrotasks();
    await client.post("orders");
    await flushMicrotasks();
    expect(transport.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET list?page=0",
      "POST orders",
      "GET list?page=0",
    ]);
    list.unmount();
  });
});

describe("a write whose API says what it changes", () => {
  it("B-35: makes that stale, and not what follows from its path", async () => {
    const { client, transport, entry } = tagged();
    transport.reply("GET orders/1", { data: 1 });
    await client.get("dashboard");
    await client.get("orders/:id", { params: { id: 1 } });
    await client.post("orders");
    expect(entry()?.stale).toBe(true);
    expect(client.stateManager.getCache("GET orders/1")?.stale).toBe(false);
  });

  it("B-35: makes stale what the caller says instead, or nothing", async () => {
    const { client, entry } = tagged();
    await client.get("dashboard");
    await client.post("orders", { invalidate: false });
    await client.post("orders", { invalidate: "elsewhere" });
    expect(entry()?.stale).toBe(false);
  });

  it("makes nothing stale where it changes nothing", async () => {
    const { client, transport } = tagged();
    transport.reply("GET visits", { data: 1 });
    await client.get("visits");
    await client.post("visits");
    expect(client.stateManager.getCache("GET visits")?.stale).toBe(false);
  });

  it("makes stale what follows from its path where the server says nothing", async () => {
    const { client, transport } = tagged();
    transport.reply("GET dashboard/today", { data: 1 });
    await client.get("dashboard/today");
    await client.post("dashboard");
    expect(client.stateManager.getCache("GET dashboard/today")?.stale).toBe(true);
  });

  it("may be the task of a queue", async () => {
    const { client, entry } = tagged();
    await client.get("dashboard");
    await createQueue(client, "orders").add().done;
    expect(entry()?.stale).toBe(true);
  });

  it("needs no plugin for invalidation", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("POST orders", { data: "done", headers: { "api-writes": "orders" } });
    expect((await client.use([contract(NOTHING)]).post("orders")).data).toBe("done");
    expect(reported).toEqual([]);
  });
});

describe("B-24 a write that succeeds while a read is on its way", () => {
  it("makes it arrive as stale, though nobody knew yet what it reads", async () => {
    const { client, transport, entry } = tagged();
    const held = transport.hold("GET slow");
    const pending = client.get("slow");
    await flushMicrotasks();
    await client.post("orders");
    held[0]!.reply({ data: 1, headers: { "api-reads": "customers/7" } });
    await pending;
    expect(client.stateManager.getCache("GET slow")?.stale).toBe(true);
    expect(entry()).toBeUndefined();
  });

  it("has it fetched again where it is on screen, and in a list", async () => {
    const { client, transport } = tagged();
    const held = transport.hold("GET slow");
    const observer = client.observe("slow");
    const list = createPages(client, "slow", {
      initialPageParam: 0,
      toRequest: (page) => ({ query: { page } }),
      getNextPageParam: () => null,
    });
    observer.mount();
    list.mount();
    await flushMicrotasks();
    await client.post("orders");
    const answer = (data: string) => ({ data, headers: { "api-reads": "orders" } });
    for (const request of held.slice(0, 2)) request.reply(answer("before"));
    await flushMicrotasks();
    expect(held).toHaveLength(4);
    for (const request of held.slice(2)) request.reply(answer("after"));
    await flushMicrotasks();
    expect(observer.getSnapshot()).toMatchObject({ data: "after", stale: false, fetching: false });
    expect(list.getSnapshot()).toMatchObject({ pages: ["after"], stale: false, fetching: false });
    expect(held).toHaveLength(4);
    observer.unmount();
    list.unmount();
  });
});

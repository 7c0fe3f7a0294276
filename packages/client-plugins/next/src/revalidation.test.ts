import { definePlugin, type ClientPlugin } from "@x/client";
import { invalidation } from "@x/client-invalidation";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { next, type NextConfig, type ServerRevalidation } from "./index.ts";

/** A client whose writes succeed, and a revalidator that remembers what it was told. */
function revalidating(config: NextConfig = {}, plugins: readonly ClientPlugin[] = [invalidation()]) {
  const bench = createTestBench();
  for (const route of ["POST posts", "POST posts/1/comments", "PUT users/7", "POST broken", "GET posts"])
    bench.transport.reply(route, { data: 1, status: route === "POST broken" ? 500 : 200 });
  const told: ServerRevalidation[] = [];
  const revalidator = (revalidation: ServerRevalidation) => void told.push(revalidation);
  const client = bench.client.use([next({ revalidator, ...config })]).use(plugins);
  return { ...bench, client, told };
}

describe("after a write that succeeded, the server is told", () => {
  it("what the invalidation plugin makes stale, its patterns as tags", async () => {
    const { client, told } = revalidating();
    await client.post("posts/:id/comments", { params: { id: 1 } });
    expect(told).toEqual([{ tags: ["posts", "posts/*"], paths: [] }]);
  });

  it("what the write itself says to invalidate", async () => {
    const bench = createTestBench();
    bench.transport.reply("POST posts", { data: 1 });
    const told: unknown[] = [];
    const client = bench.client.use([invalidation(), next({ revalidator: ({ tags }) => told.push(tags) })]);
    await client.post("posts", { invalidate: ["posts", "users/1"] });
    await client.post("posts", { invalidate: "*" });
    await client.post("posts", { invalidate: false });
    expect(told).toEqual([["posts", "users/1"], ["*"]]);
  });

  it("the same without the invalidation plugin, by the path", async () => {
    const { client, told } = revalidating({}, []);
    await client.post("posts/:id/comments", { params: { id: 1 } });
    await client.put("users/:id", { params: { id: 7 }, tags: ["people/7", "people/8", "staff"] });
    expect(told.map(({ tags }) => tags)).toEqual([
      ["posts", "posts/*"],
      ["people", "people/*", "staff", "staff/*"],
    ]);
  });

  it("also when a plugin has kept the client's own entries fresh: the server has none of its changes", async () => {
    const silencing = definePlugin()({
      name: "test:silencing",
      dependencies: ["invalidation"],
      middleware(context, proceed) {
        context.plugins.get("invalidation").disableAutoInvalidate();
        return proceed();
      },
    });
    const { client, told } = revalidating({}, [invalidation(), silencing]);
    await client.post("posts");
    expect(told).toEqual([{ tags: ["posts", "posts/*"], paths: [] }]);
  });

  it("before the write resolves, so that what is fetched next is up to date", async () => {
    let end = () => {};
    const told = new Promise<void>((resolve) => (end = resolve));
    const { client } = revalidating({ revalidator: () => told });
    let resolved = false;
    const write = client.post("posts").then((response) => {
      resolved = true;
      return response;
    });
    await flushMicrotasks();
    expect(resolved).toBe(false);
    end();
    expect((await write).data).toBe(1);
  });

  it("after the client's own entries were marked stale", async () => {
    const order: string[] = [];
    const { client } = revalidating({ revalidator: () => order.push("server") });
    await client.get("posts");
    client.eventEmitter.on("stale", () => order.push("client"));
    await client.post("posts");
    expect(order).toEqual(["client", "server"]);
  });

  it("of a queued write, too", async () => {
    const { client, told } = revalidating();
    await client.request("posts", { method: "POST", operation: "queue" });
    expect(told).toHaveLength(1);
  });
});

describe("the server is told nothing", () => {
  it.each([
    ["of a read", (client: ReturnType<typeof revalidating>["client"]) => client.get("posts")],
    ["of a write that failed", (client: ReturnType<typeof revalidating>["client"]) => client.post("broken")],
  ])("%s", async (_, send) => {
    const { client, told } = revalidating();
    await send(client);
    expect(told).toEqual([]);
  });

  it("of a write that another plugin has made a failure of", async () => {
    const failing: ClientPlugin = {
      name: "test:failing",
      afterResponse: () => ({ error: new Error("no"), status: 422 }),
    };
    const { client, told } = revalidating({}, [failing]);
    await client.post("posts");
    expect(told).toEqual([]);
  });

  it("where there is no revalidator", async () => {
    const { client, reported } = revalidating({ revalidator: undefined });
    expect((await client.post("posts")).data).toBe(1);
    expect(reported).toEqual([]);
  });
});

describe("options", () => {
  it("serverRevalidate of a write wins over the plugin's", async () => {
    const bench = createTestBench();
    bench.transport.reply("POST posts", { data: 1 });
    const told: unknown[] = [];
    const revalidator = (revalidation: ServerRevalidation) => told.push(revalidation);
    const always = bench.client.use([next({ revalidator })]);
    await always.post("posts", { serverRevalidate: false });
    expect(told).toEqual([]);
    const seldom = bench.client.use([next({ revalidator, serverRevalidate: false })]);
    await seldom.post("posts");
    expect(told).toEqual([]);
    await seldom.post("posts", { serverRevalidate: true });
    expect(told).toHaveLength(1);
    await seldom.post("posts", { serverRevalidate: false, revalidateTags: ["a"] });
    expect(told).toHaveLength(1);
  });

  it("revalidateTags and revalidatePaths of a write take the place of the plugin's, each by itself", async () => {
    const bench = createTestBench();
    bench.transport.reply("POST posts", { data: 1 });
    const told: unknown[] = [];
    const client = bench.client.use([
      next({
        revalidator: (revalidation) => told.push(revalidation),
        serverRevalidate: false,
        revalidateTags: ({ tags, method }) => [...tags, method],
        revalidatePaths: ["/", { path: "/posts/[id]", type: "page" }],
      }),
    ]);
    await client.post("posts", { serverRevalidate: true });
    await client.post("posts", { revalidateTags: ["sidebar", "sidebar"] });
    await client.post("posts", { revalidatePaths: ["/feed"] });
    await client.post("posts", { revalidateTags: [], revalidatePaths: [] });
    const paths = [{ path: "/" }, { path: "/posts/[id]", type: "page" }];
    expect(told).toEqual([
      { tags: ["posts", "POST"], paths },
      { tags: ["sidebar"], paths },
      { tags: ["posts", "POST"], paths: [{ path: "/feed" }] },
    ]);
  });

  it("what is told can be sent to a server action: it is plain data", async () => {
    const { client, told } = revalidating({ revalidatePaths: () => ["/"] });
    await client.post("posts");
    expect(structuredClone(told)).toEqual(told);
  });
});

describe("a revalidation that fails", () => {
  it.each<[string, NextConfig]>([
    ["rejects", { revalidator: () => Promise.reject(new Error("no")) }],
    [
      "throws",
      {
        revalidator: () => {
          throw new Error("no");
        },
      },
    ],
    [
      "cannot be told what to revalidate",
      {
        revalidateTags: () => {
          throw new Error("no");
        },
      },
    ],
  ])("because it %s is reported, and fails no write", async (_, config) => {
    const { client, reported } = revalidating(config);
    expect(await client.post("posts")).toMatchObject({ data: 1, error: undefined, status: 200 });
    expect(reported).toMatchObject([
      { code: "NEXT_REVALIDATE_FAILED", plugin: "next", cause: { message: "no" } },
    ]);
  });

  it("because it never ends holds a write up until its caller aborts, and the write is done all the same", async () => {
    const { client, reported } = revalidating({ revalidator: () => new Promise(() => {}) });
    const controller = new AbortController();
    const write = client.post("posts", { signal: controller.signal });
    await flushMicrotasks();
    controller.abort();
    expect(await write).toMatchObject({ data: 1, error: undefined, aborted: false });
    expect(reported).toEqual([]);
  });
});

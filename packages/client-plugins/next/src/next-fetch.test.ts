import { createClient, fetchTransport } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { next, type NextConfig } from "./index.ts";

afterEach(() => vi.unstubAllGlobals());

/** A client on a `fetch` like that of Next.js, which remembers what it was given as `next`. */
function fetching(config?: NextConfig) {
  const given: unknown[] = [];
  const fetch = (_url: unknown, init?: RequestInit & { next?: unknown }) => {
    given.push(init?.next);
    return Promise.resolve(Response.json({ ok: true }));
  };
  const client = createClient({
    baseUrl: "https://api.example",
    transport: fetchTransport({ fetch }),
  }).use([next(config)]);
  return { client, given };
}

describe("a read on the server", () => {
  it("gives fetch the tags of its answer, and every pattern that matches them", async () => {
    const { client, given } = fetching();
    await client.get("posts");
    await client.get("posts/:id/comments", { params: { id: "a,b" } });
    expect(given).toEqual([
      { tags: ["*", "posts"] },
      { tags: ["*", "posts/a%2Cb/comments", "posts/a%2Cb/*", "posts/*"] },
    ]);
  });

  it("takes the caller's tags for those of the path, and no tag twice", async () => {
    const { client, given } = fetching();
    await client.get("posts", { tags: ["users/1", "users/2,3"] });
    await client.get("posts", { tags: [] });
    expect(given).toEqual([{ tags: ["*", "users/1", "users/*", "users/2%2C3"] }, { tags: ["*"] }]);
  });

  it("is kept as the plugin says, and as the read says rather than that", async () => {
    const { client, given } = fetching({ next: { revalidate: 60, tags: ["site"] } });
    await client.get("posts");
    await client.get("posts", { next: { revalidate: false, tags: ["sidebar", "site"] } });
    await client.get("posts", { next: { revalidate: undefined } });
    expect(given).toEqual([
      { revalidate: 60, tags: ["*", "posts", "site"] },
      { revalidate: false, tags: ["*", "posts", "site", "sidebar"] },
      { revalidate: 60, tags: ["*", "posts", "site"] },
    ]);
  });

  it("that is forced is answered by nothing that Next.js has kept", async () => {
    const { client, given } = fetching({ next: { revalidate: 60 } });
    await client.get("posts", { forceRefetch: true, next: { revalidate: false } });
    expect(given).toEqual([{ revalidate: 0, tags: ["*", "posts"] }]);
  });

  it("of a page of a list is told like any other", async () => {
    const { client, given } = fetching();
    await client.request("posts", { operation: "pages" });
    expect(given).toEqual([{ tags: ["*", "posts"] }]);
  });

  it("keeps what another plugin has fetch given", async () => {
    const { client: bare, transport } = createTestBench();
    transport.reply("GET posts", { data: 1 });
    const client = bare.use([
      next(),
      {
        name: "test:credentials",
        priority: 200,
        middleware({ request }, proceed) {
          const send = request.transport;
          request.transport = (sent) => send({ ...sent, fetchInit: { ...sent.fetchInit, keepalive: true } });
          return proceed();
        },
      },
    ]);
    await client.get("posts");
    expect(transport.requests[0]?.fetchInit).toEqual({ keepalive: true, next: { tags: ["*", "posts"] } });
  });
});

describe("fetch is told nothing", () => {
  it("of a write", async () => {
    const { client, given } = fetching();
    await client.post("posts", { body: {} });
    expect(given).toEqual([undefined]);
  });

  it("in a browser", async () => {
    vi.stubGlobal("window", globalThis);
    const { client, given } = fetching();
    await client.get("posts");
    expect(given).toEqual([undefined]);
  });
});

it("a write names the very tags that reads of what it changes carry", async () => {
  const { client: bare, transport } = createTestBench();
  for (const route of ["GET posts/1", "GET posts", "GET users/1", "POST posts/2,3/likes"])
    transport.reply(route.replace(",", "%2C"), { data: 1 });
  const told: string[] = [];
  const client = bare.use([next({ revalidator: ({ tags }) => told.push(...tags) })]);
  for (const path of ["posts/1", "posts", "users/1"]) await client.get(path);
  await client.post("posts/:id/likes", { params: { id: "2,3" } });
  const isRevalidated = transport.requests.slice(0, 3).map(({ fetchInit }) => {
    // What the test before this one checks the shape of.
    const { tags } = (fetchInit as { next: { tags: string[] } }).next;
    return tags.some((tag) => told.includes(tag));
  });
  expect(isRevalidated).toEqual([true, true, false]);
});

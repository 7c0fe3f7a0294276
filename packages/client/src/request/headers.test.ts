import { describe, expect, it } from "vitest";
import type { ClientConfig } from "../client/client-types.ts";
import { createClient } from "../client/create-client.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { serve } from "../test-support/serve.ts";
import { createTestBench } from "../testing/index.ts";

type ClientHeaders = NonNullable<ClientConfig["headers"]>;

/** A client whose every path answers, and the headers that each of its requests was sent with. */
function benchWith(headers?: ClientHeaders) {
  const { client, transport } = createTestBench(headers ? { headers } : {});
  transport.reply("GET posts", { data: [] }).reply("POST posts", { data: {} });
  return { client, transport, sent: () => transport.requests.map((request) => request.headers) };
}

const withHeaders = (headers: Record<string, string | undefined>) =>
  definePlugin()({
    name: "test:headers",
    middleware(context, next) {
      Object.assign(context.request.headers, headers);
      return next();
    },
  });

describe("what is sent unasked", () => {
  it("is what the client can read", async () => {
    const { client, sent } = benchWith();
    await client.get("posts");
    expect(sent()).toEqual([{ accept: "application/json, */*;q=0.5" }]);
  });

  it("is the content type of JSON, and of JSON alone", async () => {
    const { client, sent } = benchWith();
    await client.post("posts", { body: { title: "Hi" } });
    await client.post("posts", { body: new URLSearchParams("a=1") });
    expect(sent().map((headers) => headers["content-type"])).toEqual(["application/json", undefined]);
  });
});

describe("precedence", () => {
  it("the request's headers win over the client's, and these over what is sent unasked", async () => {
    const { client, sent } = benchWith({ accept: "text/csv", "x-a": "client", "x-b": "client" });
    await client.get("posts", { headers: { "x-b": "request" } });
    expect(sent()).toEqual([{ accept: "text/csv", "x-a": "client", "x-b": "request" }]);
  });

  it("what a plugin sets wins over both", async () => {
    const { client, sent } = benchWith({ "x-a": "client" });
    await client.use([withHeaders({ "x-a": "plugin" })]).get("posts", { headers: { "x-a": "request" } });
    expect(sent()[0]).toMatchObject({ "x-a": "plugin" });
  });

  it("does not depend on case: names are sent once, in lower case", async () => {
    const { client, sent } = benchWith({ Authorization: "client", ACCEPT: "text/csv" });
    await client.get("posts", { headers: { authorization: "request" } });
    expect(sent()).toEqual([{ accept: "text/csv", authorization: "request" }]);
  });

  it("of a content type over the one that follows from the body", async () => {
    const { client, sent } = benchWith({ "content-type": "application/vnd.api+json" });
    await client.post("posts", { body: {} });
    expect(sent()[0]).toMatchObject({ "content-type": "application/vnd.api+json" });
  });
});

describe("undefined takes a header away", () => {
  it("the client's, by the request", async () => {
    const { client, sent } = benchWith({ Authorization: "secret" });
    await client.get("posts", { headers: { authorization: undefined } });
    expect(sent()).toEqual([{ accept: "application/json, */*;q=0.5" }]);
  });

  it("the one sent unasked, by the client", async () => {
    const { client, sent } = benchWith({ accept: undefined });
    await client.get("posts");
    expect(sent()).toEqual([{}]);
  });

  it("the client's, by a plugin", async () => {
    const { client, sent } = benchWith({ "x-a": "client" });
    await client.use([withHeaders({ "X-A": undefined })]).get("posts");
    expect(sent()[0]).not.toHaveProperty("x-a");
  });
});

describe("a function that gives the headers", () => {
  it.each([
    ["returns", (name: string) => ({ "x-call": name })],
    ["promises", async (name: string) => ({ "x-call": name })],
  ])("is asked for every fetch when it %s them", async (_how, give) => {
    let calls = 0;
    const { client, sent } = benchWith(() => give(String((calls += 1))));
    await client.get("posts");
    await client.post("posts");
    await client.get("posts", { headers: { "x-call": "mine" } });
    expect(sent().map((headers) => headers["x-call"])).toEqual(["1", "2", "mine"]);
    expect(calls).toBe(3);
  });

  it("is asked again for each repetition within one request", async () => {
    const tokens = ["old", "new"];
    const { client, transport, sent } = benchWith(() => ({ authorization: tokens.shift()! }));
    transport.reply("GET me", { status: 401 }).reply("GET me", { data: "Ada" });
    const again = definePlugin()({
      name: "test:again",
      repeatable: true,
      async middleware(_context, next) {
        const response = await next();
        return response.status === 401 ? next() : response;
      },
    });
    const { data } = await client.use([again]).get("me");
    expect(data).toBe("Ada");
    expect(sent().map(({ authorization }) => authorization)).toEqual(["old", "new"]);
  });

  it("is not asked when a plugin answers", async () => {
    let calls = 0;
    const { client } = benchWith(() => ({ "x-call": String((calls += 1)) }));
    const answer = definePlugin()({ name: "test:answer", middleware: () => ({ data: "here", status: 200 }) });
    await client.use([answer]).get("posts");
    expect(calls).toBe(0);
  });
});

it("headers that the caller gave stay as they were: a plugin changes the request's own", async () => {
  const { client } = benchWith();
  const headers = { "x-a": "request" };
  await client.use([withHeaders({ "x-a": "plugin", "x-b": "plugin" })]).get("posts", { headers });
  expect(headers).toEqual({ "x-a": "request" });
});

it("headers never enter the key: one entry, whatever they are", async () => {
  const { client } = benchWith();
  await client.get("posts", { headers: { authorization: "Ada" } });
  await client.get("posts", { headers: { authorization: "Bob" } });
  expect(client.stateManager.size).toBe(1);
  expect(client.stateManager.findKeys("posts").join()).not.toMatch(/Ada|Bob/);
});

it("headers reach a real server", async () => {
  const { origin, received } = await serve((response) => response.writeHead(204).end());
  const client = createClient({ baseUrl: origin, headers: async () => ({ Authorization: "Bearer 1" }) });
  await client.get("posts", { headers: { "X-Tenant": "acme" } });
  expect(received[0]?.headers).toMatchObject({
    accept: "application/json, */*;q=0.5",
    authorization: "Bearer 1",
    "x-tenant": "acme",
  });
});

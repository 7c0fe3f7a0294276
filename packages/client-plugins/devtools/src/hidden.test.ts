import { describe, expect, it } from "vitest";
import type { DevtoolsConfig } from "./index.ts";
import { listening, ofType } from "./test-support/listening.ts";

const SECRET = "s3cret";

/** A write and a read that failed and one that did not, all of them full of secrets. */
async function secretive(config?: DevtoolsConfig) {
  const bench = listening([], config);
  const headers = { "x-token": SECRET, "x-plain": "plain" };
  bench.transport
    .reply("POST login", { data: { token: SECRET }, headers })
    .reply("GET me", { data: SECRET, headers })
    .reply("GET broken", { status: 500, data: SECRET });
  await bench.client.post("login", { body: { password: SECRET }, headers: { Authorization: SECRET } });
  await bench.client.get("me");
  await bench.client.get("broken");
  return bench;
}

describe("by default", () => {
  it("no value of a header, no body and no data is told", async () => {
    const { events } = await secretive();
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });

  it("what is there is told: names of headers, and whether there is a body", async () => {
    const { events } = await secretive();
    expect(ofType(events, "request-start")[0]).toMatchObject({
      headers: { Authorization: "[hidden]" },
      body: "[hidden]",
    });
    expect(ofType(events, "request-start")[1]).not.toHaveProperty("body");
    expect(ofType(events, "request-settle")).toMatchObject([
      { headers: { "x-token": "[hidden]", "x-plain": "[hidden]" }, data: "[hidden]" },
      { data: "[hidden]" },
      { error: { code: "HTTP_ERROR", body: "[hidden]" } },
    ]);
    expect(ofType(events, "state-change")[0]?.entry?.data).toBe("[hidden]");
  });
});

describe("what is to be shown is", () => {
  it("headers, all of them or those that are named", async () => {
    const all = ofType((await secretive({ showHeaders: true })).events, "request-settle");
    expect(all[0]?.headers).toEqual({ "x-token": SECRET, "x-plain": "plain" });
    const some = ofType((await secretive({ showHeaders: ["X-Plain"] })).events, "request-settle");
    expect(some[0]?.headers).toEqual({ "x-token": "[hidden]", "x-plain": "plain" });
  });

  it("bodies, answers and data", async () => {
    const { events } = await secretive({ showBodies: true });
    expect(ofType(events, "request-start")[0]?.body).toEqual({ password: SECRET });
    expect(ofType(events, "request-settle")).toMatchObject([
      { data: { token: SECRET } },
      { data: SECRET },
      { error: { body: SECRET } },
    ]);
    expect(ofType(events, "state-change")[0]?.entry?.data).toBe(SECRET);
  });
});

describe("events are plain data", () => {
  const circular: Record<string, unknown> = { name: "loop" };
  circular["self"] = circular;
  let deep: unknown = "bottom";
  for (let level = 0; level < 12; level += 1) deep = { deep };
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => ["x"],
      getPrototypeOf: () => {
        throw new Error("no");
      },
    },
  );
  class Money {
    amount = 1;
  }
  const form = new FormData();
  form.set("name", "Ada");

  it.each<[string, unknown, unknown]>([
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a date that is none", new Date(Number.NaN), "[invalid date]"],
    ["a BigInt", 10n, "10"],
    ["a function", { run: function run() {} }, { run: "[function run]" }],
    ["a map and a set", { map: new Map([[1, new Set([2])]]) }, { map: [[1, [2]]] }],
    ["a form", form, [["name", "Ada"]]],
    ["a stream, which is not touched", new ReadableStream(), "[ReadableStream]"],
    ["a class", { price: new Money() }, { price: "[Money]" }],
    ["what contains itself", circular, { name: "loop", self: "[circular]" }],
    ["null and undefined", [null, undefined], [null, undefined]],
    ["what throws when it is looked at", hostile, "[unreadable]"],
  ])("with %s in a body", async (_, body, expected) => {
    const { client, events } = listening([], { showBodies: true });
    await client.post("posts", { body });
    const [start] = ofType(events, "request-start");
    expect(start?.body).toEqual(expected);
    expect(structuredClone(events)).toEqual(events);
  });

  it("and of a bounded size", async () => {
    const { client, events } = listening([], { showBodies: true });
    const list = Array.from({ length: 5_000 }, (_, index) => ({ index }));
    await client.post("posts", { body: [deep, list] });
    const text = JSON.stringify(ofType(events, "request-start")[0]?.body);
    expect(text).toContain("[more]");
    expect(text).not.toContain("bottom");
    expect(text).not.toContain('"index":4999');
  });

  it("as they were when it happened", async () => {
    const { client, events } = listening([], { showBodies: true });
    const body = { tags: ["first"] };
    const write = client.post("posts", { body });
    body.tags.push("later");
    await write;
    expect(ofType(events, "request-start")[0]?.body).toEqual({ tags: ["first"] });
  });
});

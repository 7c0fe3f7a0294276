import { describe, expect, it } from "vitest";
import { createTestBench } from "../testing/index.ts";

/** Posts a body, and gives how that went and what was sent. */
async function post(body: unknown) {
  const { client, transport } = createTestBench();
  transport.reply("POST posts", { status: 204 });
  const { error } = await client.post("posts", { body });
  return { error, sent: transport.requests[0] };
}

describe("what fetch can send goes as it is", () => {
  it.each<[string, BodyInit]>([
    ["text", "text"],
    ["a form", new FormData()],
    ["URLSearchParams", new URLSearchParams("a=1")],
    ["a blob", new Blob(["x"])],
    ["a file", new File(["x"], "x.txt")],
    ["a buffer", new ArrayBuffer(2)],
    ["a view", new Uint8Array(2)],
    ["a data view", new DataView(new ArrayBuffer(2))],
    ["a stream", new ReadableStream()],
  ])("%s", async (_what, body) => {
    const { sent } = await post(body);
    expect(sent?.body).toBe(body);
    expect(sent?.headers).not.toHaveProperty("content-type");
  });
});

describe("everything else goes as JSON", () => {
  it.each([{ a: [1, { b: null }] }, [], 0, true, null])("%j", async (body) => {
    const { sent } = await post(body);
    expect(sent?.body).toBe(JSON.stringify(body));
    expect(sent?.headers["content-type"]).toBe("application/json");
  });

  it("by its toJSON, where it has one", async () => {
    expect((await post({ at: new Date(0) })).sent?.body).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});

describe("INVALID_BODY is what JSON cannot hold; nothing is sent", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;

  it.each<[string, unknown]>([
    ["a body that contains itself", circular],
    ["a BigInt", 1n],
    ["a BigInt within", { id: 1n }],
    ["a function", () => {}],
    ["a symbol", Symbol("body")],
    [
      "a toJSON that throws",
      {
        toJSON: () => {
          throw new Error("no");
        },
      },
    ],
    [
      "a toJSON that throws what is no text",
      {
        toJSON: () => {
          throw Object.create(null) as Error;
        },
      },
    ],
  ])("%s", async (_what, body) => {
    const { error, sent } = await post(body);
    expect(error?.code).toBe("INVALID_BODY");
    expect(sent).toBeUndefined();
  });

  it("the cause is what JSON said", async () => {
    expect((await post(circular)).error?.cause).toBeInstanceOf(TypeError);
  });
});

import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";
import { describe, expect, it } from "vitest";
import { retry } from "./index.ts";
import { DOWN, retrying, UP } from "./test-support.ts";

describe("a failure that may pass", () => {
  it("B-34: 503, 503, 200 is three fetches and the answer", async () => {
    const { send, transport, clock } = retrying([DOWN, DOWN, UP]);
    expect(await send()).toMatchObject({ data: "up", status: 200, error: undefined });
    expect([transport.requests.length, clock.scheduled]).toEqual([3, 0]);
  });

  it("that does not pass is given to the caller after three retries", async () => {
    const { send, transport } = retrying([DOWN]);
    expect(await send()).toMatchObject({ status: 503, error: { code: "HTTP_ERROR" } });
    expect(transport.requests).toHaveLength(4);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])("is the status %i", async (status) => {
    const { send, transport } = retrying([{ status, data: null }, UP]);
    expect((await send()).data).toBe("up");
    expect(transport.requests).toHaveLength(2);
  });

  it("is a network that is down", async () => {
    const { send, transport } = retrying([new TypeError("fetch failed"), UP]);
    expect((await send()).data).toBe("up");
    expect(transport.requests).toHaveLength(2);
  });

  it("is a fetch that took too long: each has the whole time", async () => {
    const { client, transport, clock } = createTestBench();
    transport.reply("GET posts", UP, { delayMs: 200 }).reply("GET posts", UP, { delayMs: 50 });
    const pending = client.use([retry({ retryDelay: 10 })]).get("posts", { timeoutMs: 100 });
    await clock.advance(1_000);
    expect((await pending).data).toBe("up");
  });

  it.each([400, 401, 403, 404, 409, 422, 501])(
    "B-34: is not the status %i, which is one fetch",
    async (status) => {
      const { send, transport } = retrying([{ status }, UP]);
      expect((await send()).status).toBe(status);
      expect(transport.requests).toHaveLength(1);
    },
  );

  it("is no request that could not be sent", async () => {
    const { client, transport, reported } = retrying([UP]);
    expect((await client.request("posts/:id")).error?.code).toBe("MISSING_PARAM");
    const circular: unknown[] = [];
    circular.push(circular);
    expect((await client.put("posts", { body: circular })).error?.code).toBe("INVALID_BODY");
    expect([transport.requests, reported]).toEqual([[], []]);
  });

  it("is no plugin's fault", async () => {
    let calls = 0;
    const broken: ClientPlugin = {
      name: "test:broken",
      middleware() {
        calls += 1;
        throw new Error("broken");
      },
    };
    const { send } = retrying([UP], {}, [broken]);
    expect((await send()).error).toMatchObject({ code: "PLUGIN_THREW", plugin: "test:broken" });
    expect(calls).toBe(1);
  });

  it("is what shouldRetry says, which is told the attempt", async () => {
    const asked: unknown[] = [];
    const { send, transport } = retrying([{ status: 404 }], {
      shouldRetry({ status }, attempt) {
        asked.push([status, attempt]);
        return attempt < 3;
      },
    });
    await send();
    expect(asked).toEqual([
      [404, 1],
      [404, 2],
      [404, 3],
    ]);
    expect(transport.requests).toHaveLength(3);
    expect((await send({ shouldRetry: () => false })).status).toBe(404);
    expect(transport.requests).toHaveLength(4);
  });
});

describe("a write", () => {
  it.each(["POST", "PATCH"])("B-34: by %s is one fetch, however it fails", async (method) => {
    const { send, transport } = retrying([DOWN], { retries: 5 });
    expect((await send({ method })).status).toBe(503);
    expect(transport.requests).toHaveLength(1);
  });

  it.each(["PUT", "DELETE"])("by %s is retried: twice does what once does", async (method) => {
    const { send, transport } = retrying([DOWN, UP]);
    expect((await send({ method })).data).toBe("up");
    expect(transport.requests).toHaveLength(2);
  });

  it("B-34: by POST is retried when it asks for it", async () => {
    const { send, transport } = retrying([DOWN, UP]);
    expect((await send({ method: "POST", retries: 1 })).data).toBe("up");
    expect(transport.requests).toHaveLength(2);
  });

  it("B-34: by POST is retried when it carries an idempotency key, which stays the same", async () => {
    const { send, transport } = retrying([DOWN, DOWN, UP]);
    expect((await send({ method: "POST", headers: { "Idempotency-Key": "k1" } })).data).toBe("up");
    expect(transport.requests.map(({ headers }) => headers["idempotency-key"])).toEqual(["k1", "k1", "k1"]);
  });

  it("by POST is retried when another plugin says that it may be", async () => {
    const careful: ClientPlugin = {
      name: "test:careful",
      priority: -5,
      middleware(context, next) {
        context.plugins.get("retry")?.assumeIdempotent();
        return next();
      },
    };
    const { send, transport } = retrying([DOWN, UP], {}, [careful]);
    expect((await send({ method: "POST" })).data).toBe("up");
    expect(transport.requests).toHaveLength(2);
  });

  it("by POST that is declared a read is one", async () => {
    const { send, transport } = retrying([DOWN, UP]);
    expect((await send({ method: "POST", operation: "read" })).data).toBe("up");
    expect(transport.requests).toHaveLength(2);
  });

  it("of a stream is not retried, even if it asks for it: the stream has been read", async () => {
    const { send, transport } = retrying([DOWN]);
    await send({ method: "PUT", body: new ReadableStream(), retries: 2 });
    expect(transport.requests).toHaveLength(1);
  });
});

describe("retries", () => {
  it("of a request win over the plugin's, and 0 is none", async () => {
    const { send, transport } = retrying([DOWN], { retries: 1 });
    await send();
    expect(transport.requests).toHaveLength(2);
    await send({ retries: 0 });
    expect(transport.requests).toHaveLength(3);
    await send({ retries: 2 });
    expect(transport.requests).toHaveLength(6);
    await send({ retries: undefined });
    expect(transport.requests).toHaveLength(8);
  });

  it("end where the plugins end: afterResponse runs once", async () => {
    const settled: number[] = [];
    const witness: ClientPlugin = {
      name: "test:witness",
      afterResponse: (_, { status }) => void settled.push(status),
    };
    const { send } = retrying([DOWN, DOWN, UP], {}, [witness]);
    await send();
    expect(settled).toEqual([200]);
  });

  it("let plugins inside run for each attempt", async () => {
    let runs = 0;
    const inner: ClientPlugin = {
      name: "test:inner",
      middleware(_, next) {
        runs += 1;
        return next();
      },
    };
    const { send } = retrying([DOWN, DOWN, UP], {}, [inner]);
    await send();
    expect(runs).toBe(3);
  });
});

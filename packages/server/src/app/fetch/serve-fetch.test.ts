import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { HttpPlugin } from "../../http/http-plugin.ts";
import type { ApiData } from "../../types.ts";
import { createTestApp } from "../test-support/serve.ts";
import { createDeferred } from "../test-support/create-deferred.ts";

function create(handler: (data: ApiData) => unknown, options: { requestTimeoutMs?: number } = {}) {
  const api = defineApi({
    method: ["GET", "POST"],
    plugins: [new HttpPlugin({ config: { maxBodyBytes: 1_000 } })],
    handler: handler as never,
  });
  const { app, lines } = createTestApp({ ...options, routes: { api } });
  const ask = (path = "/api", init?: RequestInit) => app.fetch(new Request(`http://localhost${path}`, init));
  return { app, lines, ask };
}

const JSON_TYPE = { "content-type": "application/json" };

describe("app.fetch", () => {
  it("gives functions the request, and a response of what they give", async () => {
    const { ask } = create(({ event, params, setHeader, cookie }) => {
      setHeader("x-own", "yes");
      cookie.set("a", "1");
      cookie.set("b", "2");
      return {
        method: event.method,
        path: event.path,
        query: event.queryString,
        agent: event.headers["user-agent"],
        params,
      };
    });
    const response = await ask("/api?x=1", {
      method: "POST",
      body: '{"y":2}',
      headers: { ...JSON_TYPE, "User-Agent": "test" },
    });
    expect(response.headers.get("x-own")).toBe("yes");
    expect(response.headers.getSetCookie()).toHaveLength(2);
    expect(await response.json()).toEqual({
      method: "POST",
      path: "/api",
      query: "x=1",
      agent: "test",
      params: { x: "1", y: 2 },
    });
  });

  it("works without its object", async () => {
    const { app } = create(() => "free");
    const { fetch } = app;
    expect(await (await fetch(new Request("http://localhost/api"))).json()).toBe("free");
  });

  it.each([
    [undefined, undefined],
    [{ remoteAddress: "10.0.0.7" }, "10.0.0.7"],
    [{ remoteAddr: { transport: "tcp", hostname: "::1", port: 1 } }, "::1"],
    [{ remoteAddr: null, KEY: "a worker's" }, undefined],
    [{ remoteAddress: 7 }, undefined],
  ])("told %j, gives %s as the peer's address", async (info, address) => {
    const { app } = create(({ event }) => ({ address: event.remoteAddress }));
    const response = await app.fetch(new Request("http://localhost/api"), info);
    expect(await response.json()).toEqual(address === undefined ? {} : { address });
  });

  it("fits what runtimes expect of a handler", async () => {
    const { app } = create(() => "fits");
    const worker: { fetch(request: Request, env: { KEY: string }, context: object): Promise<Response> } = app;
    const deno: (request: Request, info: { remoteAddr: { hostname: string } }) => Promise<Response> =
      app.fetch;
    const request = () => new Request("http://localhost/api");
    expect((await worker.fetch(request(), { KEY: "k" }, {})).status).toBe(200);
    expect((await deno(request(), { remoteAddr: { hostname: "::1" } })).status).toBe(200);
  });

  it.each([
    ["/nowhere", 404],
    ["/api/", 404],
    ["/%zz", 400],
    ["/a%2fpi", 404],
  ])("answers %s with %i", async (path, status) => {
    const response = await create(() => 1).ask(path);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json",
    ]);
  });

  it("answers HEAD and 204 without a body", async () => {
    const { ask } = create(({ params }) => (params as { none?: string }).none ?? undefined);
    const none = await ask("/api");
    expect([none.status, none.body]).toEqual([204, null]);
    const head = await ask("/api?none=text", { method: "HEAD" });
    expect([head.status, head.body, head.headers.get("content-length")]).toEqual([200, null, "6"]);
  });

  it("B-76: refuses a body that is too large, and one that breaks off", async () => {
    const { ask } = create(({ params }) => params);
    const send = (body: ReadableStream<Uint8Array>) =>
      ask("/api", { method: "POST", body, headers: JSON_TYPE, duplex: "half" } as RequestInit);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(600)) });
    expect((await send(endless)).status).toBe(413);
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
    const response = await send(broken);
    expect([response.status, await response.json()]).toMatchObject([400, { code: "CLIENT_GONE" }]);
  });

  it("aborts the signal with the request's own, and when time is up", async () => {
    const reasons: unknown[] = [];
    const waiting = createDeferred<void>();
    const wait = ({ signal }: ApiData) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => [reasons.push(signal.reason), resolve("late")]);
        waiting.resolve();
      });
    const controller = new AbortController();
    const asking = create(wait).ask("/api", { signal: controller.signal });
    await waiting.promise;
    controller.abort(new Error("left"));
    expect(await (await asking).json()).toBe("late");
    const { ask, lines } = create(wait, { requestTimeoutMs: 20 });
    const late = await ask();
    expect([late.status, await late.json()]).toMatchObject([503, { code: "REQUEST_TIMEOUT" }]);
    expect(reasons).toMatchObject([{ message: "left" }, { name: "TimeoutError" }]);
    expect(lines).toMatchObject([{ level: "warn", message: "a function ran out of time" }]);
  });

  it("streams, and lets go of the source when the client does", async () => {
    const cancelled = createDeferred<unknown>();
    const aborted = createDeferred<unknown>();
    const { ask, lines } = create(({ setBody, signal }) => {
      signal.addEventListener("abort", () => aborted.resolve(signal.reason));
      const chunk = new TextEncoder().encode("x");
      setBody(
        new ReadableStream({ pull: (controller) => controller.enqueue(chunk), cancel: cancelled.resolve }),
      );
    });
    const reader = (await ask()).body!.getReader();
    expect(await reader.read()).toMatchObject({ done: false });
    await reader.cancel("enough");
    expect(await cancelled.promise).toBe("enough");
    expect(await aborted.promise).toBe("enough");
    expect(lines).toEqual([]);
  });

  it("B-75: fails a stream whose source fails, once in the log", async () => {
    const { ask, lines } = create(({ setBody }) => {
      setBody(new ReadableStream({ pull: (controller) => controller.error(new Error("planted")) }));
    });
    await expect((await ask()).text()).rejects.toThrow("planted");
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });

  it("B-79: keeps nothing of random URLs", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const { ask } = create(() => 1);
    const long = "x".repeat(2_000);
    const burst = async (count: number) => {
      for (let index = 0; index < count; index += 1) await ask(`/${index}/${long}?${index}`);
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = await burst(1_000);
    const after = await burst(5_000);
    // Kept, their paths alone would be 10 MB.
    expect(after - before).toBeLessThan(4_000_000);
  });
});

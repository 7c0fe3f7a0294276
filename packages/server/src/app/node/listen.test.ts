import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { Plugin } from "../../types.ts";
import { openSocket, sendRaw } from "../test-support/raw-socket.ts";
import { createTestApp, serve } from "../test-support/serve.ts";
import { createDeferred } from "../test-support/create-deferred.ts";

const GET = (path: string, connection = "close") =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: ${connection}\r\n\r\n`;
const ping = () => defineApi({ method: "GET", handler: () => "pong" });

/** On a machine that has other things to do, too. */
const SOON = { timeout: 20_000 };

/** A function that answers when the test says so. */
function createGate() {
  const entered = createDeferred<void>();
  const opened = createDeferred<void>();
  const log: string[] = [];
  const plugin: Plugin = {
    type: "gate",
    name: "gate",
    onInvoke: (_data, next) => next(),
    onClose: () => void log.push("closed"),
  };
  const api = defineApi({
    method: "GET",
    plugins: [plugin],
    async handler({ signal }) {
      entered.resolve();
      signal.addEventListener("abort", () => log.push(`aborted: ${signal.reason.message}`));
      await opened.promise;
      log.push("answered");
      return "through";
    },
  });
  return { api, log, entered: entered.promise, open: opened.resolve };
}

describe("listen", () => {
  it("says where, at a free port of this machine alone", async () => {
    const { server } = await serve({ routes: { ping: ping() } });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(`${server.url}/ping`)).json()).toBe("pong");
  });

  it.each([
    ["::1", /^http:\/\/\[::1\]:\d+$/],
    ["0.0.0.0", /^http:\/\/127\.0\.0\.1:\d+$/],
  ])("listens at %s and says how it is reached", async (host, url) => {
    const { server } = await serve({ routes: { ping: ping() } }, { host });
    expect(server.url).toMatch(url);
    expect(await (await fetch(`${server.url}/ping`)).json()).toBe("pong");
  });

  it("says that a port is taken, and what to do", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const { app } = createTestApp({ routes: { ping: ping() } });
    await expect(app.listen({ port })).rejects.toMatchObject({
      code: "PORT_IN_USE",
      message: new RegExp(`127\\.0\\.0\\.1:${port} is taken.*port: 0`),
    });
    // Nothing is left behind, and the app can listen elsewhere.
    expect(process.listenerCount("SIGTERM")).toBe(0);
    await app.listen({ port: 0, signals: false });
  });

  it("refuses addresses and limits that are none", async () => {
    const { app } = createTestApp({ routes: { ping: ping() } });
    await expect(app.listen({ port: 0, host: "256.1.1.1" })).rejects.toMatchObject({ code: "LISTEN_FAILED" });
    await expect(app.listen({ port: 0, graceMs: -1 })).rejects.toMatchObject({ code: "INVALID_APP" });
    await expect(app.listen({ port: 70_000 })).rejects.toMatchObject({ code: "LISTEN_FAILED" });
  });

  it("closes connections beyond the limit, and says so", async () => {
    const { server, lines } = await serve({ routes: { ping: ping() } }, { maxConnections: 1 });
    const first = await openSocket(server.port);
    const second = await openSocket(server.port);
    expect(await second.closed()).toBe("");
    first.write(GET("/ping"));
    expect(await first.closed()).toMatch(/"pong"$/);
    expect(lines).toMatchObject([{ level: "warn", fields: { maxConnections: 1 } }]);
  });

  it("answers 431 to headers that are too long, and 400 to what is no HTTP", async () => {
    const { server } = await serve({ routes: { ping: ping() } }, { maxHeaderBytes: 1_000 });
    expect(await sendRaw(server.port, `GET /ping HTTP/1.1\r\nx: ${"y".repeat(2_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
    expect(await sendRaw(server.port, "\u0000\u0001 no HTTP at all\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
    expect(await sendRaw(server.port, GET("/ping"))).toMatch(/"pong"$/);
  });

  it("answers nothing more to a client that breaks the rules in the middle of a reply", async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array([120])),
    });
    const api = defineApi({ method: "POST", handler: ({ setBody }) => setBody(body) });
    const { server } = await serve({ routes: { api } });
    const socket = await openSocket(server.port);
    socket.write("POST /api HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n");
    await socket.until(/1\r\nx\r\n/);
    socket.write("no request\r\n\r\n");
    expect(await socket.closed()).not.toMatch(/400 Bad Request/);
  });

  it("mounts in the background, and /readyz tells mounting from ready, in counts alone", async () => {
    const mount = createDeferred<void>();
    const slow: Plugin = { type: "slow", name: "slow", onMount: (_data, next) => mount.promise.then(next) };
    const api = defineApi({ method: "GET", plugins: [slow], handler: () => 1 });
    const { server } = await serve({ routes: { "secret/path": api, ping: ping() } }, { mount: true });
    const ready = async () => {
      const response = await fetch(`${server.url}/readyz`);
      return [response.status, await response.json()];
    };
    while (((await ready())[1] as { mounted: number }).mounted < 1) await new Promise(setImmediate);
    expect(await ready()).toEqual([503, { status: "mounting", mounted: 1, pending: 1, failed: 0 }]);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "up" });
    mount.resolve();
    await expect.poll(ready, SOON).toEqual([200, { status: "ready", mounted: 2, pending: 0, failed: 0 }]);
  });

  it("is not ready while a function fails to mount, and tries again when it is asked", async () => {
    let failures = 1;
    const flaky: Plugin = {
      type: "flaky",
      name: "flaky",
      async onMount(_data, next) {
        if (failures-- > 0) throw new Error("planted");
        await next();
      },
    };
    const api = defineApi({ method: "GET", plugins: [flaky], handler: () => 1 });
    const { server, lines } = await serve({ routes: { api, ping: ping() } }, { mount: true });
    await expect.poll(() => lines.length, SOON).toBe(1);
    const first = await fetch(`${server.url}/readyz`);
    expect([first.status, await first.json()]).toMatchObject([
      503,
      { status: expect.stringMatching(/failing|mounting/) },
    ]);
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, SOON).toBe(200);
    expect(lines).toMatchObject([{ level: "error", message: "planted", fields: { func: "api" } }]);
  });

  it("leaves /healthz and /readyz to a project that has its own", async () => {
    const own = defineApi({ method: ["GET", "POST"], handler: () => "own" });
    const { app } = createTestApp({ routes: { healthz: own, "*": own } });
    const ask = async (path: string, method = "GET") => {
      const response = await app.fetch(new Request(`http://x${path}`, { method }));
      return response.ok ? response.json() : response.status;
    };
    expect(await ask("/healthz")).toBe("own");
    expect(await ask("/readyz")).toMatchObject({ status: "ready" });
    expect(await ask("/readyz", "POST")).toBe(405);
    expect(await ask("/readyz", "HEAD").catch(() => "no body")).toBe("no body");
  });

  it("B-80: lets running requests end, then closes functions, and takes no more connections", async () => {
    const { api, log, entered, open } = createGate();
    const { server, app } = await serve({ routes: { gate: api, ping: ping() } });
    const idle = await openSocket(server.port);
    idle.write(GET("/ping", "keep-alive"));
    await idle.until(/"pong"$/);
    const running = await openSocket(server.port);
    running.write(GET("/gate", "keep-alive"));
    await entered;
    const closing = app.close();
    await idle.closed();
    await expect(openSocket(server.port)).rejects.toThrow("ECONNREFUSED");
    expect(log).toEqual([]);
    open();
    expect(await running.closed()).toMatch(/connection: close[^]*"through"$/i);
    await closing;
    expect(log).toEqual(["answered", "closed"]);
  });

  it("B-80: is not ready while it closes, and still alive", async () => {
    const { api, entered, open } = createGate();
    const { server, app } = await serve({ routes: { gate: api } });
    const [probe, running] = [await openSocket(server.port), await openSocket(server.port)];
    running.write(GET("/gate"));
    // A connection with a request under way is not idle: what follows on it is answered.
    probe.write("GET /healthz HTTP/1.1\r\n");
    await entered;
    const closing = app.close();
    probe.write(`host: x\r\n\r\n`);
    expect(await probe.until(/}$/)).toMatch(/200 OK[^]*connection: close/i);
    expect((await app.fetch(new Request("http://x/readyz"))).status).toBe(503);
    open();
    await closing;
  });

  it("B-80: cuts off what does not end within the grace period, with its signal aborted", async () => {
    const { api, log, entered, open } = createGate();
    const { server, app, lines } = await serve({ routes: { gate: api } }, { graceMs: 50 });
    const running = await openSocket(server.port);
    running.write(GET("/gate"));
    await entered;
    const closing = app.close();
    expect(await running.closed()).toBe("");
    expect(log).toEqual(["aborted: the server is closing"]);
    open();
    await closing;
    expect(log).toEqual(["aborted: the server is closing", "answered", "closed"]);
    expect(lines).toMatchObject([{ level: "warn", fields: { count: 1, graceMs: 50 } }]);
  });

  it("B-80: closes in the end even when a function heeds nothing", async () => {
    const { api, log, entered } = createGate();
    const { server, app } = await serve({ routes: { gate: api } }, { graceMs: 0 });
    const running = await openSocket(server.port);
    running.write(GET("/gate"));
    await entered;
    await app.close();
    expect(log).toEqual(["aborted: the server is closing", "closed"]);
  });

  it("does not listen for an app that is closed meanwhile", async () => {
    const { app } = createTestApp({ routes: { ping: ping() } });
    const listening = app.listen({ port: 0 });
    await app.routes();
    await app.close();
    await expect(listening).rejects.toMatchObject({ code: "APP_CLOSED" });
    expect(process.listenerCount("SIGTERM")).toBe(0);
  });

  it("closes the app with its last server, and not before", async () => {
    const { app, server } = await serve({ routes: { ping: ping() } });
    const second = await app.listen({ port: 0, signals: false, mount: false });
    await server.close();
    expect(await (await fetch(`${second.url}/ping`)).json()).toBe("pong");
    await second.close();
    expect((await app.fetch(new Request("http://x/ping"))).status).toBe(503);
  });
});

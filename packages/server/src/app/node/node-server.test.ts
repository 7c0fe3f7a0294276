import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { HttpPlugin } from "../../http/http-plugin.ts";
import type { ApiData, Plugin } from "../../types.ts";
import { openSocket, sendRaw } from "../test-support/raw-socket.ts";
import { serve } from "../test-support/serve.ts";
import { createDeferred } from "../test-support/create-deferred.ts";

const METHODS = ["GET", "POST", "PUT"] as const;

function api(handler: (data: ApiData) => unknown, ...plugins: Plugin[]) {
  return defineApi({ method: METHODS, handler: handler as never, plugins });
}

/** The head of a request that ends its connection. */
function request(line: string, headers: Readonly<Record<string, string | number>> = {}): string {
  const lines = Object.entries({ host: "localhost", connection: "close", ...headers });
  return `${[`${line} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n`;
}

describe("a server on node:http", () => {
  it("answers with one write and a content-length", async () => {
    const { server } = await serve({ routes: { greet: api(({ params }) => ({ params })) } });
    const socket = await openSocket(server.port);
    let writes = 0;
    socket.socket.on("data", () => (writes += 1));
    socket.write(request("GET /greet?name=Z%C3%BCrich"));
    const text = await socket.closed();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/content-type: application\/json\r\n/);
    expect(text).toMatch(/content-length: 29\r\n/);
    expect(Buffer.from(text, "latin1").toString()).toMatch(/\r\n\r\n{"params":{"name":"Zürich"}}$/);
    expect(writes).toBe(1);
  });

  it("gives functions the request as it is", async () => {
    const handler = ({ event }: ApiData) => ({
      ...event,
      headers: event.headers,
      remoteAddress: event.remoteAddress,
    });
    const { server } = await serve({ routes: { "a b": api(handler) } });
    const text = await sendRaw(server.port, request("GET /a%20b?x=1&y", { "X-Two": "1", Cookie: "a=1" }));
    const { method, path, queryString, headers, remoteAddress } = JSON.parse(text.split("\r\n\r\n")[1]!);
    expect({ method, path, queryString, remoteAddress }).toEqual({
      method: "GET",
      path: "/a b",
      queryString: "x=1&y",
      remoteAddress: "127.0.0.1",
    });
    expect(headers).toMatchObject({ "x-two": "1", cookie: "a=1" });
  });

  it("answers requests of one connection in their order, pipelined ones too", async () => {
    const { server } = await serve({
      routes: {
        slow: api(({ params }) => new Promise((resolve) => setTimeout(resolve, 20, params))),
        fast: api(() => "fast"),
      },
    });
    const keep = { connection: "keep-alive" };
    const socket = await openSocket(server.port);
    socket.write(request("GET /slow?n=1", keep) + request("GET /fast", keep) + request("GET /none"));
    const text = await socket.closed();
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 404"]);
    expect(text).toMatch(/{"n":"1"}[^]*"fast"[^]*Not Found/);
  });

  it("sends no body with HEAD, 204 and 304", async () => {
    const { server } = await serve({
      routes: {
        text: api(() => "text"),
        none: api(() => undefined),
        stream: api(({ setBody }) => setBody(new Blob(["streamed"]).stream())),
        304: api(({ setStatusCode }) => {
          setStatusCode(304);
          return "text";
        }),
      },
    });
    const ask = async (line: string) => (await sendRaw(server.port, request(line))).split("\r\n\r\n");
    const [head, body] = await ask("HEAD /text");
    expect([head, body]).toEqual([expect.stringMatching(/200 OK[^]*content-length: 6/), ""]);
    const [streamHead, streamBody] = await ask("HEAD /stream");
    expect([streamHead, streamBody]).toEqual([expect.stringMatching(/^HTTP\/1\.1 200/), ""]);
    const [noneHead, noneBody] = await ask("GET /none");
    expect([noneHead, noneBody]).toEqual([expect.stringMatching(/^HTTP\/1\.1 204/), ""]);
    expect(noneHead).not.toMatch(/content-length|transfer-encoding/i);
    const [oldHead, oldBody] = await ask("GET /304");
    expect([oldHead, oldBody]).toEqual([expect.stringMatching(/^HTTP\/1\.1 304/), ""]);
  });

  it("answers 405, 404 and a malformed URL, and reveals no path of its own", async () => {
    const { server } = await serve({ routes: { greet: defineApi({ handler: () => 1 }) } });
    expect(await sendRaw(server.port, request("GET /greet"))).toMatch(/405[^]*allow: POST, OPTIONS/);
    expect(await sendRaw(server.port, request("GET /%zz"))).toMatch(/^HTTP\/1\.1 400[^]*INVALID_URL/);
    const missing = await sendRaw(server.port, request("GET /secret-path"));
    expect(missing).toMatch(/^HTTP\/1\.1 404[^]*application\/problem\+json/);
    expect(missing).not.toMatch(/secret-path|greet|\/work|\.ts/);
  });

  it("B-77: runs what the path says, whatever the query looks like, and nothing by detours", async () => {
    const { server } = await serve({
      routes: { "public/ping": api(() => "pinged"), "admin/delete": api(() => "DELETED") },
    });
    const status = async (target: string) =>
      (await sendRaw(server.port, request(`GET ${target}`))).slice(9, 12);
    expect(await sendRaw(server.port, request("GET /public/ping?next=/../../admin/delete"))).toMatch(
      /"pinged"$/,
    );
    expect(await sendRaw(server.port, request("GET http://localhost/public/ping"))).toMatch(/"pinged"$/);
    const detours = [
      "/public/../admin/delete",
      "/public/%2e%2e/admin/delete",
      "/public/%2E%2e%2fadmin/delete",
    ];
    detours.push("//admin/delete", "/admin//delete", "/admin/delete/", "/admin%2fdelete", "/admin%5cdelete");
    detours.push("/admin\\delete", "/ADMIN/delete", "/admin/delete%00", "/./admin/delete", "*");
    for (const target of detours) expect([target, await status(target)]).toEqual([target, "404"]);
    for (const target of ["/admin/delete%c0%af", "\\admin\\delete", "/%e0%80%af", "/%"])
      expect([target, await status(target)]).toEqual([target, "400"]);
  });

  it("B-76: reads bodies whose characters are split across chunks", async () => {
    const { server } = await serve({ routes: { echo: api(({ params }) => params) } });
    const body = Buffer.from('{"text":"Zürich 🐎"}');
    const socket = await openSocket(server.port);
    socket.write(
      request("POST /echo", { "content-type": "application/json", "transfer-encoding": "chunked" }),
    );
    for (const byte of body) {
      socket.write(Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]));
      await new Promise(setImmediate);
    }
    socket.write("0\r\n\r\n");
    expect(Buffer.from(await socket.closed(), "latin1").toString()).toContain('{"text":"Zürich 🐎"}');
  });

  it("B-76: answers 413 as soon as a body is too large, and closes without losing the answer", async () => {
    const handler = () => "never";
    const limited = new HttpPlugin({ config: { maxBodyBytes: 1_000 } });
    const { server } = await serve({ routes: { up: api(handler, limited) } });
    const keep = { connection: "keep-alive", "content-type": "application/json" };

    const declared = await openSocket(server.port);
    declared.write(request("POST /up", { ...keep, "content-length": 100_000_000 }));
    expect(await declared.until(/}$/)).toMatch(/^HTTP\/1\.1 413[^]*connection: close[^]*BODY_TOO_LARGE/i);

    const chunked = await openSocket(server.port);
    chunked.write(request("POST /up", { ...keep, "transfer-encoding": "chunked" }));
    for (let index = 0; index < 200 && !chunked.socket.closed; index += 1) {
      chunked.write(`400\r\n${"x".repeat(1_024)}\r\n`);
      if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await chunked.until(/}$/)).toMatch(/^HTTP\/1\.1 413[^]*connection: close/i);
    // One that goes on for ever is cut off.
    await Promise.all([declared.closed(), chunked.closed()]);
  });

  it("B-76: answers 408 to a body that does not arrive in time", async () => {
    const { server } = await serve({ routes: { up: api(({ params }) => params) } }, { bodyTimeoutMs: 50 });
    const text = await sendRaw(
      server.port,
      request("POST /up", {
        connection: "keep-alive",
        "content-type": "application/json",
        "content-length": 10,
      }) + '{"a"',
    );
    expect(text).toMatch(/^HTTP\/1\.1 408[^]*connection: close[^]*BODY_TIMEOUT/i);
  });

  it("answers 408 to headers that do not arrive in time", async () => {
    const { server } = await serve({ routes: { up: api(() => 1) } }, { headersTimeoutMs: 100 });
    expect(await sendRaw(server.port, "GET /up HTTP/1.1\r\nhost: x\r\n")).toMatch(/^HTTP\/1\.1 408/);
  });

  it("ends a function's wait for a body whose client has left", async () => {
    const waiting = createDeferred();
    const ended = createDeferred<unknown>();
    const probe: Plugin = {
      type: "probe",
      name: "probe",
      async onInvoke(_data, next) {
        waiting.resolve();
        await next().catch(ended.resolve);
      },
    };
    const { server } = await serve({ routes: { up: api(() => 1, probe, new HttpPlugin()) } });
    const socket = await openSocket(server.port);
    socket.write(`${request("POST /up", { "content-type": "application/json", "content-length": 10 })}{"a"`);
    await waiting.promise;
    socket.socket.destroy();
    expect(await ended.promise).toMatchObject({ statusCode: 400, code: "CLIENT_GONE" });
  });

  it("asks for a body only when it is read", async () => {
    const deny: Plugin = {
      type: "deny",
      name: "deny",
      onInvoke: async (data, next) => {
        if (data.event.headers["authorization"]) await next();
        else data.response = "denied";
      },
    };
    const { server } = await serve({ routes: { up: api(({ params }) => params, deny, new HttpPlugin()) } });
    const asks = {
      expect: "100-continue",
      connection: "keep-alive",
      "content-type": "application/json",
      "content-length": 7,
    };
    const allowed = await openSocket(server.port);
    allowed.write(request("POST /up", { ...asks, authorization: "yes" }));
    await allowed.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    allowed.write('{"a":1}');
    expect(await allowed.until(/{"a":1}$/)).toContain("HTTP/1.1 200 OK");

    const denied = await openSocket(server.port);
    denied.write(request("POST /up", asks));
    const text = await denied.closed();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close[^]*"denied"$/i);
  });

  it("answers 503 when a function takes too long, aborts its signal, and drops what it gives later", async () => {
    const finished = createDeferred<unknown>();
    const { server, lines } = await serve({
      requestTimeoutMs: 50,
      routes: {
        slow: api(async ({ signal, setBody }) => {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          setBody(new ReadableStream({ cancel: finished.resolve }));
          return signal.reason;
        }),
      },
    });
    const keep = { connection: "keep-alive" };
    const socket = await openSocket(server.port);
    socket.write(request("GET /slow", keep));
    expect(await socket.until(/}$/)).toMatch(/^HTTP\/1\.1 503[^]*REQUEST_TIMEOUT/);
    expect(await finished.promise).toMatchObject({ name: "TimeoutError" });
    socket.write(request("GET /none"));
    expect(await socket.closed()).toMatch(/}HTTP\/1\.1 404/);
    expect(lines).toEqual([
      { level: "warn", message: "a function ran out of time", fields: { func: "slow" } },
    ]);
  });

  it("aborts the signal of a function whose client has left", async () => {
    const { promise, resolve } = createDeferred<unknown>();
    const started = createDeferred<void>();
    const { server } = await serve({
      routes: {
        wait: api(({ signal }) => {
          started.resolve();
          return new Promise((done) =>
            signal.addEventListener("abort", () => [resolve(signal.reason), done(1)]),
          );
        }),
      },
    });
    const socket = await openSocket(server.port);
    socket.write(request("GET /wait"));
    await started.promise;
    socket.socket.destroy();
    expect(await promise).toMatchObject({ name: "AbortError" });
  });

  it("aborts no signal of a request that is answered", async () => {
    let seen: AbortSignal | undefined;
    const { server } = await serve({ routes: { read: api(({ signal }) => ((seen = signal), "read")) } });
    expect(await sendRaw(server.port, request("GET /read"))).toMatch(/"read"$/);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen?.aborted).toBe(false);
  });

  it("answers 500 in place of a reply that cannot be sent", async () => {
    const breakHeader: Plugin = {
      type: "break",
      name: "break",
      async onInvoke(data, next) {
        await next();
        data.response = new Response("text", { status: 200 });
        Object.defineProperty(data.response, "status", { value: 99 });
      },
    };
    const { server, lines } = await serve({ routes: { bad: api(() => 1, breakHeader) } });
    expect(await sendRaw(server.port, request("GET /bad"))).toMatch(/^HTTP\/1\.1 500[^]*"id":/);
    expect(lines.some(({ level }) => level === "error")).toBe(true);
  });
});

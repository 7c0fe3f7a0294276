import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { App } from "../app-types.ts";
import { createTestApp } from "../test-support/serve.ts";

/** A Node app that is there already, with this one inside. */
async function serveInside(outer: RequestListener): Promise<string> {
  const server = createServer(outer).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const echo = () =>
  defineApi({ method: ["GET", "POST"], handler: ({ params, event }) => ({ params, path: event.path }) });

function inside(app: App): RequestListener {
  const handle = app.middleware();
  return (request, response) =>
    handle(request, response, (error) => {
      response.statusCode = error ? 500 : 200;
      response.end(`outer: ${request.url}`);
    });
}

describe("middleware", () => {
  it("answers its routes and passes on the rest, first requests at once included", async () => {
    const { app } = createTestApp({ routes: { echo: echo() } });
    const url = await serveInside(inside(app));
    const text = async (path: string) => (await fetch(url + path)).text();
    expect(await Promise.all(["/echo?a=1", "/other", "/echo?a=2"].map(text))).toEqual([
      '{"params":{"a":"1"},"path":"/echo"}',
      "outer: /other",
      '{"params":{"a":"2"},"path":"/echo"}',
    ]);
    expect(await text("/other?x")).toBe("outer: /other?x");
  });

  it("leaves health checks to the app around it", async () => {
    const url = await serveInside(inside(createTestApp({ routes: { echo: echo() } }).app));
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("outer: /healthz");
  });

  it("is an app of its own without a next", async () => {
    const { app } = createTestApp({ routes: { echo: echo() } });
    const url = await serveInside(app.middleware() as RequestListener);
    expect((await fetch(`${url}/other`)).status).toBe(404);
  });

  it("reads bodies, and takes what the app around it has read and parsed already", async () => {
    const { app } = createTestApp({ routes: { echo: echo() } });
    const handle = app.middleware();
    const url = await serveInside(
      async (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => {
        if (request.headers["x-parsed"]) {
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk as Buffer);
          request.body = JSON.parse(Buffer.concat(chunks).toString());
        } else request.body = {};
        handle(request, response, () => response.end("outer"));
      },
    );
    const ask = async (headers: Record<string, string>) => {
      const init = {
        method: "POST",
        body: '{"a":1}',
        headers: { "content-type": "application/json", ...headers },
      };
      return (await fetch(`${url}/echo`, init)).json();
    };
    expect(await ask({})).toMatchObject({ params: { a: 1 } });
    expect(await ask({ "x-parsed": "yes" })).toMatchObject({ params: { a: 1 } });
  });

  it("keeps the headers that the app around it has set", async () => {
    const { app } = createTestApp({ routes: { echo: echo() } });
    const handle = app.middleware();
    const url = await serveInside((request, response) => {
      response.setHeader("x-outer", "yes");
      handle(request, response);
    });
    const { headers } = await fetch(`${url}/echo`);
    expect([headers.get("x-outer"), headers.get("content-type")]).toEqual(["yes", "application/json"]);
  });

  it("limits how long a function may take", async () => {
    const hang = defineApi({ method: "GET", handler: () => new Promise(() => {}) });
    const { app, lines } = createTestApp({ requestTimeoutMs: 30, routes: { hang } });
    const url = await serveInside(inside(app));
    expect((await fetch(`${url}/hang`)).status).toBe(503);
    expect(lines).toMatchObject([{ level: "warn", fields: { func: "hang" } }]);
  });
});

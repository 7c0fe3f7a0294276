import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { inProcessTransport } from "@x/client";
import { createStateStream } from "@x/react/streaming";
import { createElement } from "react";
import { renderToReadableStream } from "react-dom/server";
import { createAppClient } from "./app/hooks.ts";
import { Page } from "./app/page.tsx";

/** A server with an API, and with pages that it renders or leaves to the browser: `/server/Me`, `/browser/Me`. */
export interface TestServer extends AsyncDisposable {
  readonly origin: string;
  /** What browsers have asked the API for, such as `ada GET /api/me`. */
  readonly received: string[];
  /** What the server's own rendering has asked it for. */
  readonly rendered: string[];
  /** How many answers about the order 503 are to fail. */
  failures: number;
  /** What an answer about an order waits for. */
  delay: (path: string) => Promise<void>;
}

export async function startServer(script: string): Promise<TestServer> {
  const notes: string[] = [];

  async function answer(request: Request, log: string[]): Promise<Response> {
    const { pathname } = new URL(request.url);
    const user = request.headers.get("x-user");
    log.push(`${user} ${request.method} ${pathname}`);
    await server.delay(pathname);
    const [, , name, id] = pathname.split("/");
    if (name === "me") return Response.json(`secret of ${user}`);
    if (name === "notes") {
      if (request.method === "POST") notes.push(((await request.json()) as { text: string }).text);
      return Response.json(notes);
    }
    if (id === "503" && (server.failures -= 1) >= 0) return new Response(null, { status: 503 });
    return Response.json({ total: Number(id) * 10 });
  }

  async function renderPage(scene: string, user: string): Promise<Response> {
    const transport = inProcessTransport((request) => answer(request, server.rendered));
    const client = createAppClient(() => user, transport);
    if (scene === "Orders") await client.prefetch("orders/:id", { params: { id: 1 } });
    const html = await renderToReadableStream(createElement(Page, { client, scene }), {
      bootstrapModules: ["/main.js"],
    });
    return html.pipeThrough(createStateStream(client)) as never;
  }

  async function respond(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, kind, scene = ""] = pathname.split("/");
    if (pathname === "/main.js")
      return new Response(script, { headers: { "content-type": "text/javascript" } });
    if (kind === "api") return answer(request, server.received);
    const user = /user=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "nobody";
    const html =
      kind === "server"
        ? await renderPage(scene, user)
        : `<!doctype html><script type="module" src="/main.js"></script>`;
    return new Response(html as BodyInit, { headers: { "content-type": "text/html" } });
  }

  const http = createServer(async (incoming, outgoing) => {
    const body = incoming.method === "POST" ? Readable.toWeb(incoming) : null;
    const request = new Request(new URL(incoming.url!, server.origin), {
      method: incoming.method!,
      headers: incoming.headers as Record<string, string>,
      ...(body && { body: body as ReadableStream, duplex: "half" }),
    });
    const response = await respond(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) for await (const chunk of response.body) outgoing.write(chunk);
    outgoing.end();
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const server: TestServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    received: [],
    rendered: [],
    failures: 0,
    delay: async () => {},
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

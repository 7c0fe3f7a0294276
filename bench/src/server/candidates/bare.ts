import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";
import { stopTiming } from "../timing.ts";
import {
  acceptOrder,
  BODY_LIMIT_BYTES,
  createChunks,
  findCaller,
  findOrder,
  NOT_FOUND,
  orderSchema,
  SERVED_BY,
  STREAM_TYPE,
} from "../work.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, query: string) => Promise<void>;

/** The same work written out on `node:http`, with nothing in between: the floor. */
export const { listen }: ServerModule = {
  listen: () => listenOnFreePort(createServer((request, response) => void answer(request, response))),
};

function answer(request: IncomingMessage, response: ServerResponse): Promise<void> | void {
  const [path = "", query = ""] = request.url!.split("?", 2);
  const route = routes.get(`${request.method} ${path}`);
  if (route) return timed(route, request, response, query);
  const { status, type, body } = NOT_FOUND;
  response.writeHead(status, { "content-type": type, "content-length": body.length }).end(body);
}

async function timed(route: Answer, request: IncomingMessage, response: ServerResponse, query: string) {
  const startedAt = performance.now();
  await route(request, response, query);
  stopTiming(startedAt);
}

const routes = new Map<string, Answer>([
  [
    "POST /orders",
    async (request, response) => {
      const caller = await findCaller(request.headers.authorization);
      const body = await readBody(request);
      if (body === undefined) return sendJson(response, 413, { title: "Content Too Large", status: 413 });
      const { success, data, error } = orderSchema.safeParse(JSON.parse(body));
      if (success) sendJson(response, 200, acceptOrder(data, caller));
      else sendJson(response, 400, { title: "Bad Request", status: 400, errors: error.issues });
    },
  ],
  [
    "GET /order",
    async (request, response, query) => {
      const caller = await findCaller(request.headers.authorization);
      sendJson(response, 200, findOrder(new URLSearchParams(query).get("id"), caller));
    },
  ],
  [
    "GET /export",
    async (request, response) => {
      await findCaller(request.headers.authorization);
      response.writeHead(200, { "content-type": STREAM_TYPE, [SERVED_BY.name]: SERVED_BY.value });
      for await (const chunk of createChunks()) if (!response.write(chunk)) await once(response, "drain");
      response.end();
    },
  ],
]);

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      [SERVED_BY.name]: SERVED_BY.value,
    })
    .end(body);
}

/** The text of a body; `undefined` where it is too large. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > BODY_LIMIT_BYTES) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString()));
    request.on("error", reject);
  });
}

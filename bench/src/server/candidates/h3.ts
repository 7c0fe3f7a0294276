import { bodyLimit, getQuery, H3, type H3Event, HTTPResponse, type Middleware, readValidatedBody } from "h3";
import { toNodeHandler } from "h3/node";
import { createServer } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";
import { stopTiming } from "../timing.ts";
import {
  acceptOrder,
  BODY_LIMIT_BYTES,
  type Caller,
  createChunks,
  findCaller,
  findOrder,
  NOT_FOUND,
  orderSchema,
  SERVED_BY,
  STREAM_TYPE,
} from "../work.ts";

const timed: Middleware = async (_event, next) => {
  const startedAt = performance.now();
  const body = await next();
  stopTiming(startedAt);
  return body;
};

const called: Middleware = async (event, next) => {
  event.context["caller"] = await findCaller(event.req.headers.get("authorization") ?? undefined);
  return next();
};

const marked: Middleware = async (event, next) => {
  event.res.headers.set(SERVED_BY.name, SERVED_BY.value);
  return next();
};

// The context has no type of its own for what a middleware puts there.
const callerOf = (event: H3Event) => event.context["caller"] as Caller;

/** Middleware of each route, the schema in h3's place for it. */
export const { listen }: ServerModule = {
  listen() {
    const app = new H3({ silent: true });
    const middleware = [timed, called, marked];
    app.post(
      "/orders",
      async (event) => acceptOrder(await readValidatedBody(event, orderSchema), callerOf(event)),
      { middleware: [...middleware, bodyLimit(BODY_LIMIT_BYTES)] },
    );
    app.get("/order", async (event) => findOrder(getQuery(event)["id"], callerOf(event)), { middleware });
    app.get(
      "/export",
      async (event) => {
        event.res.headers.set("content-type", STREAM_TYPE);
        return ReadableStream.from(createChunks());
      },
      { middleware },
    );
    const headers = { "content-type": NOT_FOUND.type };
    app.all("/**", () => new HTTPResponse(NOT_FOUND.body, { status: NOT_FOUND.status, headers }));
    return listenOnFreePort(createServer(toNodeHandler(app)));
  },
};

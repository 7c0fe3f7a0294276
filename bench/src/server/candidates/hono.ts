import { createAdaptorServer } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Server } from "node:http";
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

interface Env {
  Variables: { caller: Caller };
}

const timed: MiddlewareHandler<Env> = async (_context, next) => {
  const startedAt = performance.now();
  await next();
  stopTiming(startedAt);
};

const called: MiddlewareHandler<Env> = async (context, next) => {
  context.set("caller", await findCaller(context.req.header("authorization")));
  await next();
};

const marked: MiddlewareHandler<Env> = async (context, next) => {
  context.header(SERVED_BY.name, SERVED_BY.value);
  await next();
};

/** Middleware of each route, on Hono's own adapter for Node. */
export const { listen }: ServerModule = {
  listen() {
    const app = new Hono<Env>();
    app.notFound((context) =>
      context.body(NOT_FOUND.body, NOT_FOUND.status, { "content-type": NOT_FOUND.type }),
    );
    app.post("/orders", timed, called, marked, bodyLimit({ maxSize: BODY_LIMIT_BYTES }), async (context) => {
      const { success, data, error } = orderSchema.safeParse(await context.req.json());
      if (!success) return context.json({ errors: error.issues }, 400);
      return context.json(acceptOrder(data, context.get("caller")));
    });
    app.get("/order", timed, called, marked, async (context) =>
      context.json(findOrder(context.req.query("id"), context.get("caller"))),
    );
    app.get("/export", timed, called, marked, async (context) =>
      context.body(ReadableStream.from(createChunks()), 200, { "content-type": STREAM_TYPE }),
    );
    // What it makes by default is a server of `node:http`.
    return listenOnFreePort(createAdaptorServer({ fetch: app.fetch }) as Server);
  },
};

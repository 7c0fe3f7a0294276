import { bodyParser } from "@koa/bodyparser";
import { Router } from "@koa/router";
import Koa from "koa";
import { createServer } from "node:http";
import { Readable } from "node:stream";
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

interface State extends Koa.DefaultState {
  caller?: Caller;
}

type Context = Koa.ParameterizedContext<State>;

const timed = async (_context: Context, next: Koa.Next) => {
  const startedAt = performance.now();
  await next();
  stopTiming(startedAt);
};

const called = async (context: Context, next: Koa.Next) => {
  context.state.caller = await findCaller(context.headers.authorization);
  await next();
};

const marked = async (context: Context, next: Koa.Next) => {
  context.set(SERVED_BY.name, SERVED_BY.value);
  await next();
};

/** Middleware of each route, by the router and the body parser of Koa's own organisation. */
export const { listen }: ServerModule = {
  listen() {
    const app = new Koa<State>();
    // Koa prints every error that it answers, a client's own ones too.
    app.silent = true;
    const router = new Router();
    const parsed = bodyParser({ enableTypes: ["json"], jsonLimit: BODY_LIMIT_BYTES });
    router.post("/orders", timed, called, marked, parsed, async (context: Context) => {
      const { success, data, error } = orderSchema.safeParse(context.request.body);
      if (!success) return context.throw(400, "Bad Request", { errors: error.issues });
      context.body = acceptOrder(data, context.state.caller!);
    });
    router.get("/order", timed, called, marked, async (context: Context) => {
      context.body = findOrder(context.query["id"], context.state.caller!);
    });
    router.get("/export", timed, called, marked, async (context: Context) => {
      context.type = STREAM_TYPE;
      context.body = Readable.from(createChunks());
    });
    app.use(router.routes());
    app.use(async (context: Context) => {
      context.status = NOT_FOUND.status;
      context.type = NOT_FOUND.type;
      context.body = NOT_FOUND.body;
    });
    return listenOnFreePort(createServer(app.callback()));
  },
};

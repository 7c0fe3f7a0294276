// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 takes rejections itself.
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
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

const timed: RequestHandler = async (_request, response, next) => {
  const startedAt = performance.now();
  response.on("finish", () => stopTiming(startedAt));
  next();
};

const called: RequestHandler = async (request, response, next) => {
  response.locals["caller"] = await findCaller(request.headers.authorization);
  next();
};

const marked: RequestHandler = async (_request, response, next) => {
  response.setHeader(SERVED_BY.name, SERVED_BY.value);
  next();
};

// Four parameters, by which Express knows a handler of errors.
const failed: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  response.status(error.status ?? 500).end();
};

/** Middleware of each route, without the headers that nobody else sends. */
export const { listen }: ServerModule = {
  listen() {
    const app = express();
    app.disable("x-powered-by");
    app.disable("etag");
    const parsed = express.json({ limit: BODY_LIMIT_BYTES });
    app.post("/orders", timed, called, marked, parsed, async (request, response) => {
      const { success, data, error } = orderSchema.safeParse(request.body);
      if (success) response.json(acceptOrder(data, response.locals["caller"]));
      else response.status(400).json({ errors: error.issues });
    });
    app.get("/order", timed, called, marked, async (request, response) => {
      response.json(findOrder(request.query["id"], response.locals["caller"]));
    });
    app.get("/export", timed, called, marked, async (_request, response) => {
      response.type(STREAM_TYPE);
      await pipeline(Readable.from(createChunks()), response);
    });
    app.use((_request, response) => {
      response.status(NOT_FOUND.status).type(NOT_FOUND.type).send(NOT_FOUND.body);
    });
    app.use(failed);
    return listenOnFreePort(createServer(app));
  },
};

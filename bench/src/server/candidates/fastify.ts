// oxlint-disable oxc/no-async-endpoint-handlers -- Fastify is no Express.
import createFastify from "fastify";
import { Readable } from "node:stream";
import { KEEP_ALIVE_MS, type ServerModule } from "../server-module.ts";
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

declare module "fastify" {
  interface FastifyRequest {
    startedAt: number;
    caller: Caller | undefined;
  }
}

/** Hooks around routes of one context, the schema in Fastify's place for it. */
export const { listen }: ServerModule = {
  async listen() {
    const app = createFastify({ bodyLimit: BODY_LIMIT_BYTES, keepAliveTimeout: KEEP_ALIVE_MS });
    app.setNotFoundHandler((_request, reply) =>
      reply.code(NOT_FOUND.status).type(NOT_FOUND.type).send(NOT_FOUND.body),
    );
    app.setValidatorCompiler(() => (body) => {
      const { success, data, error } = orderSchema.safeParse(body);
      return success ? { value: data } : { error };
    });
    app.register(async (routes) => {
      routes.decorateRequest("startedAt", 0);
      routes.decorateRequest("caller", undefined);
      routes.addHook("onRequest", async (request) => {
        request.startedAt = performance.now();
      });
      routes.addHook("onResponse", async (request) => stopTiming(request.startedAt));
      routes.addHook("onRequest", async (request) => {
        request.caller = await findCaller(request.headers.authorization);
      });
      routes.addHook("onRequest", async (_request, reply) => {
        reply.header(SERVED_BY.name, SERVED_BY.value);
      });

      routes.post<{ Body: Parameters<typeof acceptOrder>[0] }>(
        "/orders",
        { schema: { body: orderSchema } },
        async (request) => acceptOrder(request.body, request.caller!),
      );
      routes.get<{ Querystring: { id?: string } }>("/order", async (request) =>
        findOrder(request.query.id, request.caller!),
      );
      routes.get("/export", async (_request, reply) =>
        reply.type(STREAM_TYPE).send(Readable.from(createChunks())),
      );
    });
    return Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
  },
};

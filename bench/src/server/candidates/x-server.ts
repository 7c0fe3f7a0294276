import { createApp, defineApi, type Plugin } from "@x/server";
import type { ServerModule } from "../server-module.ts";
import { stopTiming } from "../timing.ts";
import {
  acceptOrder,
  type Caller,
  createChunks,
  findCaller,
  findOrder,
  orderSchema,
  SERVED_BY,
  STREAM_TYPE,
} from "../work.ts";

declare module "@x/server" {
  interface DefineApiInject {
    caller?: Caller;
  }
}

const timed: Plugin = {
  type: "bench",
  name: "timed",
  async onInvoke(_data, next) {
    const startedAt = performance.now();
    await next();
    stopTiming(startedAt);
  },
};

const called: Plugin = {
  type: "bench",
  name: "called",
  async onInvoke(data, next) {
    data.caller = await findCaller(data.event.headers["authorization"]);
    await next();
  },
};

const marked: Plugin = {
  type: "bench",
  name: "marked",
  async onInvoke(data, next) {
    data.setHeader?.(SERVED_BY.name, SERVED_BY.value);
    await next();
  },
};

/** The plugins of each function, the schema in its place, the limit of a body as it is by default. */
export const { listen }: ServerModule = {
  async listen() {
    const plugins = [timed, called, marked];
    const orders = defineApi({
      plugins,
      schema: orderSchema,
      handler: async ({ params, caller }) => acceptOrder(params, caller!),
    });
    const order = defineApi({
      method: "GET",
      plugins,
      handler: async ({ params, caller }) => findOrder(params["id"], caller!),
    });
    const exported = defineApi({
      method: "GET",
      plugins,
      async handler({ setContentType, setBody }) {
        setContentType(STREAM_TYPE);
        setBody(ReadableStream.from(createChunks()));
      },
    });
    const app = createApp({ routes: { orders, order, export: exported } });
    return (await app.listen({ port: 0, host: "127.0.0.1" })).port;
  },
};

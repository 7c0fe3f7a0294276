import createFastify from "fastify";
import { KEEP_ALIVE_MS, type ServerModule } from "../server-module.ts";

/** One GET on Fastify. */
export const { listen }: ServerModule = {
  async listen() {
    const app = createFastify({ keepAliveTimeout: KEEP_ALIVE_MS });
    app.get("/hello", async () => ({ hello: "world" }));
    return Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
  },
};

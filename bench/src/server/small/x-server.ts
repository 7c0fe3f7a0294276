import { createApp, defineApi } from "@x/server";
import type { ServerModule } from "../server-module.ts";

/** One GET on `@x/server`, the route given in code. */
export const { listen }: ServerModule = {
  async listen() {
    const hello = defineApi({ method: "GET", handler: () => ({ hello: "world" }) });
    const { port } = await createApp({ routes: { hello } }).listen({ port: 0, host: "127.0.0.1" });
    return port;
  },
};

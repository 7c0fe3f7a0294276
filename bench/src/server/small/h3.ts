import { H3 } from "h3";
import { toNodeHandler } from "h3/node";
import { createServer } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";

/** One GET on h3. */
export const { listen }: ServerModule = {
  listen() {
    const app = new H3();
    app.get("/hello", () => ({ hello: "world" }));
    return listenOnFreePort(createServer(toNodeHandler(app)));
  },
};

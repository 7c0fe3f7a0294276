import { Router } from "@koa/router";
import Koa from "koa";
import { createServer } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";

/** One GET on Koa. */
export const { listen }: ServerModule = {
  listen() {
    const app = new Koa();
    const router = new Router();
    router.get("/hello", (context: Koa.Context) => {
      context.body = { hello: "world" };
    });
    app.use(router.routes());
    return listenOnFreePort(createServer(app.callback()));
  },
};

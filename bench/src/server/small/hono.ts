import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Server } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";

/** One GET on Hono. */
export const { listen }: ServerModule = {
  listen() {
    const app = new Hono();
    app.get("/hello", (context) => context.json({ hello: "world" }));
    // What it makes by default is a server of `node:http`.
    return listenOnFreePort(createAdaptorServer({ fetch: app.fetch }) as Server);
  },
};

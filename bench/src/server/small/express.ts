import express from "express";
import { createServer } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";

/** One GET on Express. */
export const { listen }: ServerModule = {
  listen() {
    const app = express();
    app.get("/hello", (_request, response) => {
      response.json({ hello: "world" });
    });
    return listenOnFreePort(createServer(app));
  },
};

import { createServer } from "node:http";
import { listenOnFreePort, type ServerModule } from "../server-module.ts";

/** One GET on `node:http`. */
export const { listen }: ServerModule = {
  listen: () =>
    listenOnFreePort(
      createServer((request, response) => {
        const found = request.method === "GET" && request.url === "/hello";
        const body = JSON.stringify(found ? { hello: "world" } : { title: "Not Found", status: 404 });
        const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
        response.writeHead(found ? 200 : 404, headers).end(body);
      }),
    ),
};

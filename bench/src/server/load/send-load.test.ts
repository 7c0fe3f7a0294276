import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { listenOnFreePort } from "../server-module.ts";
import { Connection } from "./connection.ts";
import { sendLoad } from "./send-load.ts";

const request = Buffer.from("GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");

async function openServer(status: number): Promise<{ connections: Connection[]; seen: () => number }> {
  let seen = 0;
  const server = createServer((_request, response) => {
    seen += 1;
    response.writeHead(status, { "content-length": 2 }).end("ok");
  });
  const port = await listenOnFreePort(server);
  const connections = await Promise.all([Connection.open(port), Connection.open(port)]);
  onTestFinished(() => {
    for (const connection of connections) connection.close();
    server.close();
  });
  return { connections, seen: () => seen };
}

it("sends as many requests as it is asked for, over all connections together, and times each", async () => {
  const { connections, seen } = await openServer(200);
  const { latenciesMs, elapsedMs } = await sendLoad(connections, { request, status: 200 }, 25);
  expect(seen()).toBe(25);
  expect(latenciesMs).toHaveLength(25);
  expect(latenciesMs.every((latency) => latency > 0 && latency <= elapsedMs)).toBe(true);
});

it("stops at the first response of another status than expected", async () => {
  const { connections } = await openServer(503);
  await expect(sendLoad(connections, { request, status: 200 }, 4)).rejects.toThrow(
    "expected 200, got HTTP/1.1 503",
  );
});

it("fails on a connection that the server has closed", async () => {
  const { connections } = await openServer(200);
  for (const connection of connections) connection.close();
  await expect(sendLoad(connections, { request, status: 200 }, 4)).rejects.toThrow(
    "the connection is closed",
  );
});

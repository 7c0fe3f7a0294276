import type { Server } from "node:http";
import type { Socket } from "node:net";
import { messageOf } from "../../errors.ts";
import type { ListenOptions } from "../app-types.ts";
import { answerClientErrors } from "./client-errors.ts";
import type { NodeHandler } from "./node-handler.ts";
import type { NodeHost } from "./node-request.ts";

/** How much longer than a body may take from when it is read the whole request may take. */
const SLACK_MS = 5_000;
/** How late the end of a connection whose headers take too long may be noticed. */
const LATEST_MS = 1_000;

/** Makes a server that keeps the limits of `options` and gives its requests to `handle`. It does not listen yet. */
export function createHttpServer(options: ListenOptions, handle: NodeHandler, host: NodeHost): Server {
  const { headersTimeoutMs = 10_000, bodyTimeoutMs = 60_000 } = options;
  // Imported as a module, `node:http` reads all it exports, and so loads what `fetch` is made of: tens of milliseconds.
  const { createServer } = process.getBuiltinModule("node:http");
  const server = createServer(
    {
      keepAliveTimeout: options.keepAliveTimeoutMs ?? 65_000,
      headersTimeout: headersTimeoutMs,
      // For bodies that nobody reads, too.
      requestTimeout: bodyTimeoutMs && headersTimeoutMs + bodyTimeoutMs + SLACK_MS,
      connectionsCheckingInterval: Math.min(LATEST_MS, headersTimeoutMs / 10) || LATEST_MS,
      maxHeaderSize: options.maxHeaderBytes ?? 16_384,
    },
    (request, response) => handle(request, response),
  );
  // The client is told to go on when its body is read, if it ever is.
  server.on("checkContinue", (request, response) => handle(request, response));
  answerClientErrors(server, host.sending);
  limitSending(server, options.sendTimeoutMs ?? 60_000, host);

  server.maxConnections = options.maxConnections ?? 10_000;
  server.on("drop", () =>
    host.logger.warn({ maxConnections: server.maxConnections }, "a connection too many was closed"),
  );
  server.on("listening", () =>
    server.on("error", (error) =>
      host.logger.error({ err: error }, `a connection failed: ${messageOf(error)}`),
    ),
  );
  return server;
}

/** Ends connections on which nothing moves, unless it is a function that is to move first. */
function limitSending(server: Server, timeoutMs: number, { running, sending }: NodeHost): void {
  server.timeout = timeoutMs;
  server.on("timeout", (socket: Socket) => {
    const isWaiting = running.has(socket) || sending.has(socket);
    if (!isWaiting || socket.writableLength > 0) socket.destroy();
  });
}

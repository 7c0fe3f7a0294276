import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { messageOf, ServerError } from "../../errors.ts";
import type { Logger } from "../../types.ts";
import type { ListenOptions } from "../app-types.ts";
import type { Dispatcher } from "../dispatcher.ts";
import { EventStreams } from "../event-streams.ts";
import type { Failures } from "../failures.ts";
import { createHttpServer } from "./create-http-server.ts";
import { createNodeHandler } from "./node-handler.ts";
import type { NodeHost } from "./node-request.ts";
import { RunningRequests } from "./running-requests.ts";

/** What a server needs of its app. */
export interface NodeServerParts {
  readonly dispatcher: Dispatcher;
  readonly logger: Logger;
  readonly failures: Failures;
  readonly requestTimeoutMs: number;
}

const DEFAULT_PORT = 3000;

/** A server of `node:http` that listens for an app. */
export class NodeServer {
  readonly url: string;
  readonly port: number;
  readonly #server: Server;
  readonly #host: NodeHost & { closing: boolean };
  #closing: Promise<void> | undefined;

  /** @throws ServerError `PORT_IN_USE`, `LISTEN_FAILED`. */
  static async listen(parts: NodeServerParts, options: ListenOptions): Promise<NodeServer> {
    const { port = DEFAULT_PORT, host = "127.0.0.1", bodyTimeoutMs = 60_000 } = options;
    const { dispatcher, logger, failures, requestTimeoutMs } = parts;
    const running = new RunningRequests({ requestTimeoutMs, bodyTimeoutMs });
    const sending = new WeakSet<Duplex>();
    const eventStreams = new EventStreams();
    const closeIdle = (): void => server.closeIdleConnections();
    const nodeHost = {
      logger,
      failures,
      running,
      eventStreams,
      sending,
      closing: false,
      closeIdle,
      asked: true,
    };
    const handle = createNodeHandler(dispatcher, nodeHost, { health: true });
    const server = createHttpServer(options, handle, nodeHost);
    try {
      await bind(server, port, host);
    } catch (error) {
      await running.close(0, () => {});
      throw error;
    }
    return new NodeServer(server, host, nodeHost);
  }

  private constructor(server: Server, host: string, nodeHost: NodeHost & { closing: boolean }) {
    this.#server = server;
    this.#host = nodeHost;
    // A server that listens at a host has the address of a socket, not the path of a pipe.
    this.port = (server.address() as AddressInfo).port;
    this.url = `http://${toUrlHost(host)}:${this.port}`;
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** Takes no more connections, ends event streams, lets running requests end within `graceMs`, and cuts off the rest. */
  close(graceMs: number): Promise<void> {
    return (this.#closing ??= this.#close(graceMs));
  }

  async #close(graceMs: number): Promise<void> {
    this.#host.closing = true;
    const { running, eventStreams, logger } = this.#host;
    eventStreams.close();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const ended = running.close(graceMs, (count) => logger.warn({ count, graceMs }, "requests are cut off"));
    // After the signals of what still runs: that the client is gone then is not what ends it.
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await Promise.all([closed, ended]);
    clearTimeout(timer);
  }
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(toListenError(error, port, host));
    server.once("error", fail);
    try {
      server.listen(port, host, () => {
        server.off("error", fail);
        resolve();
      });
    } catch (error) {
      // A port that is none is thrown, and has a code as all errors of Node have.
      fail(error as NodeJS.ErrnoException);
    }
  });
}

function toListenError(cause: NodeJS.ErrnoException, port: number, host: string): ServerError {
  const at = `${toUrlHost(host)}:${port}`;
  if (cause.code === "EADDRINUSE")
    return new ServerError(
      "PORT_IN_USE",
      `${at} is taken: end what listens there, or listen at { port: 0 } for a free one`,
      {
        cause,
      },
    );
  return new ServerError("LISTEN_FAILED", `nothing can listen at ${at}: ${messageOf(cause)}`, { cause });
}

/** As it stands in a URL by which this machine reaches it. */
function toUrlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { ServerError } from "../errors.ts";
import type { CloseOptions, Listening, ListenOptions, Middleware } from "./app-types.ts";
import { checkLimits } from "./check-options.ts";
import { EventStreams } from "./event-streams.ts";
import type { NodeHandler } from "./node/node-handler.ts";
import type { NodeServer, NodeServerParts } from "./node/node-server.ts";
import type { RunningRequests } from "./node/running-requests.ts";

const GRACE_MS = 10_000;
const BODY_TIMEOUT_MS = 60_000;

/** An app's servers and handlers of `node:http`. What they need is imported when the first of them is made. */
export class NodeSide {
  /** What the last server was given. */
  graceMs = GRACE_MS;
  readonly #parts: NodeServerParts;
  readonly #servers = new Set<NodeServer>();
  /** Of requests that a server of somebody else's hands over. */
  readonly #eventStreams = new EventStreams();
  #running: RunningRequests | undefined;
  #closed = false;
  #forgetSignals: (() => void) | undefined;

  constructor(parts: NodeServerParts) {
    this.#parts = parts;
  }

  /** `closeApp` is called by a signal, and when the last server is closed. */
  async listen(
    options: ListenOptions,
    closeApp: (options: CloseOptions) => Promise<void>,
  ): Promise<Listening> {
    const { host: _host, mount: _mount, signals = true, ...limits } = options;
    checkLimits(limits);
    const [{ NodeServer }, { onStopSignal }] = await Promise.all([
      import("./node/node-server.ts"),
      import("./node/stop-signals.ts"),
    ]);
    const server = await NodeServer.listen(this.#parts, options);
    if (this.#closed) {
      await server.close(0);
      throw new ServerError("APP_CLOSED", "the app was closed before it could listen");
    }
    const { graceMs = GRACE_MS } = options;
    this.#servers.add(server);
    this.graceMs = graceMs;
    if (signals) this.#forgetSignals ??= onStopSignal((signal) => this.#onSignal(signal, closeApp));
    const close = async (): Promise<void> => {
      const others = [...this.#servers].filter((other) => other !== server && !other.isClosing);
      if (others.length === 0) return closeApp({ graceMs });
      await server.close(graceMs);
    };
    return { url: server.url, port: server.port, close };
  }

  middleware(): Middleware {
    let opening: Promise<NodeHandler> | undefined;
    let handle: NodeHandler | undefined;
    const open = async (): Promise<NodeHandler> => (handle = await this.#openHandler());
    return (request, response, next) => {
      // Whoever calls a connect-style handler has these two; their types need no Node for those who have none.
      const [message, reply] = [request as IncomingMessage, response as ServerResponse];
      if (handle) return handle(message, reply, next);
      opening ??= open();
      opening.then((opened) => opened(message, reply, next), next);
    };
  }

  /** Stops all servers, and waits for what runs. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    this.#eventStreams.close();
    const closing = [...this.#servers].map((server) => server.close(graceMs));
    await Promise.all([...closing, this.#running?.close(graceMs, () => {})]);
  }

  forgetSignals(): void {
    this.#forgetSignals?.();
  }

  #onSignal(signal: string, closeApp: (options: CloseOptions) => Promise<void>): void {
    const { logger } = this.#parts;
    logger.info({ signal }, "closing");
    closeApp({ graceMs: this.graceMs }).catch((error: unknown) => {
      logger.error({ err: error }, "the app did not close cleanly");
      process.exitCode = 1;
    });
  }

  async #openHandler(): Promise<NodeHandler> {
    const [{ createNodeHandler }, { RunningRequests }] = await Promise.all([
      import("./node/node-handler.ts"),
      import("./node/running-requests.ts"),
    ]);
    const { dispatcher, logger, failures, requestTimeoutMs } = this.#parts;
    this.#running ??= new RunningRequests({ requestTimeoutMs, bodyTimeoutMs: BODY_TIMEOUT_MS });
    const host = {
      logger,
      failures,
      running: this.#running,
      eventStreams: this.#eventStreams,
      closing: false,
      closeIdle: () => {},
      asked: false,
      sending: new WeakSet<Duplex>(),
    };
    return createNodeHandler(dispatcher, host, { health: false });
  }
}

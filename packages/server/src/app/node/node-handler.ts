import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpReply } from "../../http/http-reply.ts";
import { type Dispatcher, isHealthPath } from "../dispatcher.ts";
import { parseTarget } from "../request-target.ts";
import { type NodeHost, NodeRequest } from "./node-request.ts";

/** What comes next in a connect-style app. */
export type ConnectNext = (error?: unknown) => void;

/** Answers a request of `node:http`; what is not the app's goes to `next`, or is a 404 where there is none. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: ConnectNext) => void;

/** Options of `createNodeHandler`. */
export interface NodeHandlerOptions {
  /** Whether `/healthz` and `/readyz` are answered. */
  readonly health: boolean;
}

const NOWHERE = { path: "", queryString: "" };

/** Ties the app to `node:http`. It neither throws nor leaves a request without an answer. */
export function createNodeHandler(
  dispatcher: Dispatcher,
  host: NodeHost,
  { health }: NodeHandlerOptions,
): NodeHandler {
  return function handle(message, response, next) {
    // A server's request has a URL; the type is for clients as well.
    const target = parseTarget(message.url as string);
    const request = new NodeRequest(message, response, target ?? NOWHERE, host);
    const { event } = request;
    const finish = (reply: HttpReply | undefined): void => {
      if (!reply && next) {
        request.leave();
        return next();
      }
      try {
        request.finish(reply ?? host.failures.refuse(event, "notFound"));
      } catch (error) {
        request.breakOff(error);
      }
    };
    if (!target) return finish(host.failures.refuse(event, "malformedUrl"));
    const reply =
      health && isHealthPath(event.path) ? dispatcher.checkHealth(request) : dispatcher.dispatch(request);
    if (!(reply instanceof Promise)) return finish(reply);
    request.wait(reply, finish);
  };
}

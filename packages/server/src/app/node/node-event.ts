import type { IncomingMessage } from "node:http";
import type { HttpEvent, HttpHeaders } from "../../types.ts";
import type { RequestTarget } from "../request-target.ts";

/** A request of `node:http` as functions see it. What Node makes when it is asked is asked for no earlier. */
export class NodeEvent implements HttpEvent {
  readonly method: string;
  readonly path: string;
  readonly queryString: string;
  readonly body: unknown;
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage, { path, queryString }: RequestTarget, body: unknown) {
    // A server always has one; the type is for clients as well.
    this.method = request.method as string;
    this.path = path;
    this.queryString = queryString;
    this.body = body;
    this.#request = request;
  }

  get headers(): HttpHeaders {
    // `set-cookie`, the one header that Node gives as an array, has no place in a request.
    return this.#request.headers as HttpHeaders;
  }

  get remoteAddress(): string | undefined {
    return this.#request.socket.remoteAddress;
  }
}

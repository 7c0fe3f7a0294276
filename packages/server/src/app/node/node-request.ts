import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { messageOf, ServerError } from "../../errors.ts";
import type { HttpReply } from "../../http/http-reply.ts";
import type { Logger } from "../../types.ts";
import type { ApiRoute } from "../api-route.ts";
import type { AppRequest } from "../app-request.ts";
import { discardReply } from "../discard-reply.ts";
import type { EventStreams } from "../event-streams.ts";
import type { Failures } from "../failures.ts";
import type { RequestTarget } from "../request-target.ts";
import { NodeBody } from "./node-body.ts";
import { NodeEvent } from "./node-event.ts";
import type { RunningRequests, TimedRequest } from "./running-requests.ts";
import { writeReply } from "./write-reply.ts";

/** What the requests of one server share. */
export interface NodeHost {
  readonly logger: Logger;
  readonly failures: Failures;
  readonly running: RunningRequests;
  readonly eventStreams: EventStreams;
  /** Whether connections end with their next response. */
  readonly closing: boolean;
  /** Closes connections on which nothing is under way. */
  closeIdle(): void;
  /** Whether clients that ask before they send a body wait for an answer of ours. */
  readonly asked: boolean;
  /** The sockets on which a reply is under way that is not written at once. */
  readonly sending: WeakSet<Duplex>;
}

/** One request of `node:http` on its way to a function and back. */
export class NodeRequest implements AppRequest, TimedRequest {
  readonly event: NodeEvent;
  place = -1;
  readonly startedAt: number;
  route: ApiRoute | undefined;
  readonly signalSource = (): AbortSignal => this.#openSignal();
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #host: NodeHost;
  readonly #body: NodeBody | undefined;
  #controller: AbortController | undefined;
  #abortReason: DOMException | undefined;
  #readSince = 0;
  /** Whether the client waits to be told to send its body. */
  #asks: boolean;
  #answered = false;

  constructor(request: IncomingMessage, response: ServerResponse, target: RequestTarget, host: NodeHost) {
    this.#request = request;
    this.#response = response;
    this.#host = host;
    this.startedAt = host.running.tick;
    this.#asks = host.asked && request.headers.expect !== undefined;
    this.#body = hasBody(request) ? new NodeBody(request, () => this.#startBody()) : undefined;
    this.event = new NodeEvent(request, target, parsedBody(request) ?? this.#body);
  }

  get waitingSince(): number | undefined {
    return this.#body?.reading ? this.#readSince : undefined;
  }

  get socket(): Duplex {
    return this.#request.socket;
  }

  /** Counts among those that run until it is over. */
  wait(reply: Promise<HttpReply | undefined>, finish: (reply: HttpReply | undefined) => void): void {
    this.#host.running.add(this);
    reply.then(finish, (error: unknown) => finish(this.#toFailure(error)));
  }

  /** Sends a reply, after which the request is over. */
  finish(reply: HttpReply): void {
    const sending = this.#takesReply ? this.#sendFirst(reply) : discardReply(reply, this.#abortReason);
    if (!sending) return this.leave();
    const { socket } = this.#request;
    this.#host.sending.add(socket);
    // Why a stream has failed is logged by whoever has made it; a reply that breaks off is how the client learns of it.
    const ended = sending.catch(() => this.#response.destroy());
    void ended.then(() => {
      this.#host.sending.delete(socket);
      this.#closeConnection();
      this.leave();
    });
  }

  /** Ends what can be neither answered nor left as it is. */
  breakOff(error: unknown): void {
    this.#host.failures.log(error, { func: this.route?.definition.name });
    this.#response.destroy();
    this.leave();
  }

  expire(): void {
    if (!this.#takesReply) return;
    const func = this.route?.definition.name;
    this.#host.logger.warn({ func }, "a function ran out of time");
    this.abort(new DOMException("the request ran out of time", "TimeoutError"));
    void this.#send(this.#host.failures.refuse(this.event, "outOfTime"));
  }

  expireBody(): void {
    this.#body?.expire();
  }

  abort(reason: DOMException): void {
    this.#abortReason ??= reason;
    this.#controller?.abort(this.#abortReason);
  }

  get #takesReply(): boolean {
    return !this.#answered && !this.#response.destroyed && !this.#response.headersSent;
  }

  /** A listener is added for those alone who ask for the signal. */
  #openSignal(): AbortSignal {
    const controller = (this.#controller = new AbortController());
    const response = this.#response;
    const onClose = (): void => {
      if (!response.writableFinished) this.abort(new DOMException("the client left", "AbortError"));
    };
    if (this.#abortReason) controller.abort(this.#abortReason);
    else if (response.destroyed) onClose();
    else response.once("close", onClose);
    return controller.signal;
  }

  #startBody(): void {
    if (this.#asks) this.#response.writeContinue();
    this.#asks = false;
    this.#readSince = this.#host.running.tick;
  }

  #sendFirst(reply: HttpReply): Promise<void> | undefined {
    return this.#send(this.#host.eventStreams.keep(reply, (reason) => this.abort(reason)));
  }

  #send(reply: HttpReply): Promise<void> | undefined {
    this.#answered = true;
    const refused = reply.status === 413 || this.#body?.abandoned === true;
    const linger = refused && !this.#request.complete;
    // Whether a client that was not told to sends its body, nobody knows.
    const options = { close: linger || this.#asks || this.#host.closing, linger };
    try {
      return writeReply(this.#request, this.#response, reply, options);
    } catch (cause) {
      discardReply(reply, cause);
      const error = new ServerError("INVALID_REPLY", `the response cannot be sent: ${messageOf(cause)}`, {
        cause,
      });
      return writeReply(this.#request, this.#response, this.#toFailure(error), options);
    }
  }

  /** While the server closes, a connection that was to stay open when the reply began has no reason to any more. */
  #closeConnection(): void {
    if (!this.#host.closing) return;
    if (this.#response.writableFinished) this.#host.closeIdle();
    else this.#response.once("finish", () => this.#host.closeIdle());
  }

  #toFailure(error: unknown): HttpReply {
    return this.#host.failures.reply(this.event, error, { func: this.route?.definition.name });
  }

  /** It is over, here at least. */
  leave(): void {
    this.#host.running.delete(this);
    this.route?.leave();
    this.route = undefined;
  }
}

/** Whether the request announces a body that something may read. */
function hasBody({ method, headers }: IncomingMessage): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const length = headers["content-length"];
  return length === undefined ? headers["transfer-encoding"] !== undefined : length !== "0";
}

/** What a framework around this one has read and parsed already. */
function parsedBody(request: IncomingMessage & { readonly body?: unknown }): unknown {
  return request.readableEnded ? request.body : undefined;
}

import { messageOf, ServerError } from "../../errors.ts";
import type { HttpReply } from "../../http/http-reply.ts";
import type { HttpEvent, Logger } from "../../types.ts";
import type { ApiRoute } from "../api-route.ts";
import type { AppRequest } from "../app-request.ts";
import { discardReply } from "../discard-reply.ts";
import type { EventStreams } from "../event-streams.ts";
import type { Failures } from "../failures.ts";
import { isStream } from "../is-stream.ts";
import type { RequestTarget } from "../request-target.ts";
import { FetchBody } from "./fetch-body.ts";
import { toResponse } from "./to-response.ts";
import { watchStream } from "./watch-stream.ts";

/** What all requests share. */
export interface FetchHost {
  readonly logger: Logger;
  readonly failures: Failures;
  readonly eventStreams: EventStreams;
}

/** One web-standard request on its way to a function and back. */
export class FetchRequest implements AppRequest {
  readonly event: HttpEvent;
  route: ApiRoute | undefined;
  readonly signalSource = (): AbortSignal => this.#openSignal();
  readonly #request: Request;
  readonly #host: FetchHost;
  #controller: AbortController | undefined;
  #abortReason: unknown;

  constructor(
    request: Request,
    { path, queryString }: RequestTarget,
    remoteAddress: string | undefined,
    host: FetchHost,
  ) {
    this.#request = request;
    this.#host = host;
    this.event = {
      method: request.method,
      path,
      queryString,
      headers: Object.fromEntries(request.headers),
      body: request.body ? new FetchBody(request.body) : undefined,
      remoteAddress,
    };
  }

  /** Gives the reply in place of one that has not come in time, and drops that when it does. */
  expire(late: Promise<HttpReply | undefined>): HttpReply {
    const { route } = this;
    this.route = undefined;
    const drop = (reply: HttpReply | undefined) => reply && discardReply(reply, this.#abortReason);
    void late.then(drop).finally(() => route?.leave());
    this.#host.logger.warn({ func: route?.definition.name }, "a function ran out of time");
    this.#abort(new DOMException("the request ran out of time", "TimeoutError"));
    return this.#host.failures.refuse(this.event, "outOfTime");
  }

  /** The response, with whose end the request is over. */
  finish(reply: HttpReply): Response {
    const { body } = this.#host.eventStreams.keep(reply, (reason) => this.#abort(reason));
    if (!isStream(body)) {
      this.#leave();
      return this.#toResponse(reply);
    }
    const watched = watchStream(body, {
      // In process nobody cancels the body for a client that leaves.
      signal: this.#request.signal,
      onCancel: (reason) => this.#abort(reason ?? new DOMException("the client left", "AbortError")),
      onEnd: () => this.#leave(),
    });
    return this.#toResponse({ ...reply, body: watched });
  }

  #leave(): void {
    this.route?.leave();
    this.route = undefined;
  }

  #toFailure(error: unknown): HttpReply {
    return this.#host.failures.reply(this.event, error, { func: this.route?.definition.name });
  }

  #toResponse(reply: HttpReply): Response {
    try {
      return toResponse(this.#request.method, reply);
    } catch (cause) {
      discardReply(reply, cause);
      const error = new ServerError("INVALID_REPLY", `the response cannot be sent: ${messageOf(cause)}`, {
        cause,
      });
      return toResponse(this.#request.method, this.#toFailure(error));
    }
  }

  #abort(reason: unknown): void {
    this.#abortReason ??= reason;
    this.#controller?.abort(this.#abortReason);
  }

  #openSignal(): AbortSignal {
    const controller = (this.#controller = new AbortController());
    if (this.#abortReason !== undefined) controller.abort(this.#abortReason);
    return AbortSignal.any([this.#request.signal, controller.signal]);
  }
}

import type { HttpReply } from "../../http/http-reply.ts";
import type { Logger } from "../../types.ts";
import { type Dispatched, type Dispatcher, isHealthPath } from "../dispatcher.ts";
import type { EventStreams } from "../event-streams.ts";
import type { Failures } from "../failures.ts";
import { parseTarget } from "../request-target.ts";
import { FetchRequest } from "./fetch-request.ts";

/** What requests of a web-standard handler need of their app. */
export interface FetchParts {
  readonly dispatcher: Dispatcher;
  readonly logger: Logger;
  readonly failures: Failures;
  readonly eventStreams: EventStreams;
  readonly requestTimeoutMs: number;
}

const NOWHERE = { path: "", queryString: "" };

/** Answers a web-standard request. It never rejects. */
export async function serveFetch(
  parts: FetchParts,
  request: Request,
  remoteAddress: string | undefined,
): Promise<Response> {
  const { dispatcher, requestTimeoutMs } = parts;
  const target = parseTarget(request.url);
  const served = new FetchRequest(request, target ?? NOWHERE, remoteAddress, parts);
  const { event } = served;
  if (!target) return served.finish(parts.failures.refuse(event, "malformedUrl"));
  const dispatched = isHealthPath(event.path) ? dispatcher.checkHealth(served) : dispatcher.dispatch(served);
  const reply = await withinTime(served, dispatched, requestTimeoutMs);
  return served.finish(reply ?? parts.failures.refuse(event, "notFound"));
}

async function withinTime(
  served: FetchRequest,
  dispatched: Dispatched,
  timeoutMs: number,
): Promise<HttpReply | undefined> {
  if (!(dispatched instanceof Promise) || timeoutMs === 0) return dispatched;
  const replying: Promise<HttpReply | undefined> = dispatched;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<HttpReply>((resolve) => {
    timer = setTimeout(() => resolve(served.expire(replying)), timeoutMs);
  });
  try {
    return await Promise.race([replying, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

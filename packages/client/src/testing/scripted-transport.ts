import type { Clock } from "../clock.ts";
import type { Transport, TransportRequest, TransportResponse } from "../transport/transport.ts";

/** A reply: a response of which everything but the status has a default, an error to reject with, or a function. */
export type Reply =
  Partial<TransportResponse> | Error | ((request: TransportRequest) => Partial<TransportResponse>);

/** A request that waits until the test answers it. */
export interface HeldRequest {
  readonly request: TransportRequest;
  reply(reply: Reply): void;
}

/** A transport that answers by script and remembers what it was asked. */
export interface ScriptedTransport extends Transport {
  /** Every request so far, in order. */
  readonly requests: readonly TransportRequest[];
  /**
   * Scripts what `GET posts/1` (method and path, without the query) is answered with. Replies to one route are
   * given in order, and the last of them for good.
   */
  reply(route: string, reply: Reply, options?: ReplyOptions): ScriptedTransport;
  /** Makes requests to a route wait for the test. The array grows as requests arrive. */
  hold(route: string): readonly HeldRequest[];
}

/** How a scripted reply is given. */
export interface ReplyOptions {
  /** How long the reply takes, in milliseconds of the transport's clock. Default: 0, as soon as promises settle. */
  readonly delayMs?: number;
}

type Answer = (request: TransportRequest) => Promise<TransportResponse>;

/** Creates a transport without replies: a request that nothing was scripted for is rejected with its route. */
export function createScriptedTransport(clock: Clock): ScriptedTransport {
  const requests: TransportRequest[] = [];
  const answers = new Map<string, Answer[]>();

  const add = (route: string, answer: Answer) => {
    const queued = answers.get(route);
    if (queued) queued.push(answer);
    else answers.set(route, [answer]);
  };

  const transport: Transport = (request) => {
    if (request.signal?.aborted) return Promise.reject(request.signal.reason);
    requests.push(request);
    const route = routeOf(request);
    const queued = answers.get(route);
    const answer = queued && queued.length > 1 ? queued.shift() : queued?.[0];
    return answer
      ? untilAborted(request, answer(request))
      : Promise.reject(new Error(`no reply is scripted for "${route}"`));
  };

  const scripted: ScriptedTransport = Object.assign(transport, {
    requests,
    reply(route: string, reply: Reply, { delayMs = 0 }: ReplyOptions = {}) {
      add(route, async (request) => {
        if (delayMs > 0) await delay(request, delayMs);
        return toResponse(reply, request);
      });
      return scripted;
    },
    hold(route: string) {
      const held: HeldRequest[] = [];
      add(
        route,
        (request) =>
          new Promise((resolve, reject) => {
            const reply = (given: Reply) => {
              try {
                resolve(toResponse(given, request));
              } catch (error) {
                reject(error);
              }
            };
            held.push({ request, reply });
          }),
      );
      return held;
    },
  });
  return scripted;

  /** Waits on the clock, and no longer than anybody waits for the request. */
  function delay({ signal }: TransportRequest, delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.schedule(resolve, delayMs);
      signal?.addEventListener("abort", cancel, { once: true });
    });
  }
}

function routeOf({ method, url }: TransportRequest): string {
  return `${method} ${url.split("?")[0]}`;
}

function toResponse(reply: Reply, request: TransportRequest): TransportResponse {
  if (reply instanceof Error) throw reply;
  return { status: 200, ...(typeof reply === "function" ? reply(request) : reply) };
}

/** As a platform's fetch does, rejects as soon as the signal aborts. */
function untilAborted(
  { signal }: TransportRequest,
  answer: Promise<TransportResponse>,
): Promise<TransportResponse> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    void answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

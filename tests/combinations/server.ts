import type { Transport, TransportRequest, TransportResponse } from "@x/client";

/** What a read of the server's posts is answered with. */
export interface Posts {
  /** How many writes the server had done by then. */
  readonly value: number;
  /** Which of all requests brought it. Initial data is from nowhere. */
  readonly nth?: number;
  /** Who asked. */
  readonly owner: string;
  /** How often it went through the transform plugin. */
  readonly transformed: number;
  /** The ids of writes that are shown before the server has said anything of them. */
  readonly pending?: readonly string[];
}

/** What becomes of one request on its way. */
export interface Fate {
  /** What goes wrong before the server does anything. Asked for when the request arrives. */
  readonly before?: "network" | 503 | undefined;
  /** Whether the answer gets lost, once the server has done what was asked. */
  readonly lost?: boolean | undefined;
  /** Resolves when the request arrives at the server, and when its answer arrives at the client. */
  readonly delay?: () => Promise<void>;
}

/** A server that counts writes, and knows a write that it has had before by its idempotency key. */
export interface Server {
  readonly transport: Transport;
  /** How many requests were sent. */
  readonly sent: number;
  readonly value: number;
  /** How often each write was done, by its id. */
  readonly done: ReadonlyMap<string, number>;
  /** Decides what becomes of each request from now on. */
  decide(fateOf: (request: TransportRequest) => Fate): void;
  /** Refuses all tokens that it has given out. Without a call it asks for none. */
  expireTokens(): void;
}

export function createServer(): Server {
  const done = new Map<string, number>();
  const answers = new Map<string, TransportResponse>();
  let fateOf: (request: TransportRequest) => Fate = () => ({});
  let sent = 0;
  let value = 0;
  let token: number | undefined;

  function answer({ method, url, headers, body }: TransportRequest, nth: number): TransportResponse {
    if (url.startsWith("refresh")) return { status: 200, data: { token: String(token) } };
    if (token !== undefined && headers["authorization"] !== `Bearer ${token}`) return { status: 401 };
    const owner = headers["x-user"] ?? "nobody";
    if (method === "GET") return { status: 200, data: { value, nth, owner, transformed: 0 } satisfies Posts };
    const known = answers.get(headers["idempotency-key"] ?? "");
    if (known) return known;
    const { id } = JSON.parse(String(body)) as { id: string };
    done.set(id, (done.get(id) ?? 0) + 1);
    value += 1;
    const response = { status: 201, data: { id, value, owner } };
    if (headers["idempotency-key"]) answers.set(headers["idempotency-key"], response);
    return response;
  }

  return {
    get sent() {
      return sent;
    },
    get value() {
      return value;
    },
    done,
    decide(decided) {
      fateOf = decided;
    },
    expireTokens() {
      token = (token ?? 0) + 1;
    },
    async transport(request) {
      const nth = (sent += 1);
      const fate = fateOf(request);
      await fate.delay?.();
      // Nobody waits for it: it may never have left.
      request.signal?.throwIfAborted();
      if (fate.before === "network") throw new TypeError("the network is down");
      if (fate.before === 503) return { status: 503 };
      const response = answer(request, nth);
      await fate.delay?.();
      request.signal?.throwIfAborted();
      if (fate.lost) throw new TypeError("the connection was closed");
      return response;
    },
  };
}

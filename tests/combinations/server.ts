import type { Clock, Transport, TransportRequest, TransportResponse } from "@x/client";

/** What a read of the server's posts is answered with. */
export interface Posts {
  /** How many writes the server had done by then. */
  readonly value: number;
  /** Which of all requests brought it. Initial data is from nowhere. */
  readonly nth?: number;
  /** What the read said of itself, in its header `x-made`. */
  readonly made?: number;
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
  /** How long the request is on its way to the server, and its answer on the way back. */
  readonly delayMs?: number;
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
  /** The bodies of requests of which an attempt has ended, however it has. */
  readonly ended: ReadonlySet<string>;
  /** How many writes were done that are all the same. */
  readonly clicks: number;
  /** What is under way. */
  readonly underWay: ReadonlySet<TransportRequest>;
  /** How many timers of the clock are the server's own. */
  readonly timers: number;
  /** Decides what becomes of each request from now on. */
  decide(fateOf: (request: TransportRequest) => Fate): void;
  /** Refuses all tokens that it has given out. Without a call it asks for none. */
  expireTokens(): void;
}

export function createServer(clock: Clock): Server {
  const done = new Map<string, number>();
  const ended = new Set<string>();
  const answers = new Map<string, TransportResponse>();
  let fateOf: (request: TransportRequest) => Fate = () => ({});
  let sent = 0;
  let value = 0;
  let token: number | undefined;
  let clicks = 0;
  let timers = 0;
  const underWay = new Set<TransportRequest>();

  function answer({ method, url, headers, body }: TransportRequest, nth: number): TransportResponse {
    if (url.startsWith("refresh")) return { status: 200, data: { token: String(token) } };
    if (token !== undefined && headers["authorization"] !== `Bearer ${token}`) return { status: 401 };
    const owner = headers["x-user"] ?? "nobody";
    if (method === "GET") {
      const made = Number(headers["x-made"]);
      const posts: Posts = { value, nth, owner, transformed: 0, ...(made && { made }) };
      return { status: 200, data: posts };
    }
    const known = answers.get(headers["idempotency-key"] ?? "");
    if (known) return known;
    const response = { status: 201, data: { ...write(String(body)), owner } };
    if (headers["idempotency-key"]) answers.set(headers["idempotency-key"], response);
    return response;
  }

  function write(body: string): object {
    const { id } = JSON.parse(body) as { id?: string };
    if (id === undefined) return { clicks: (clicks += 1) };
    done.set(id, (done.get(id) ?? 0) + 1);
    value += 1;
    return { id, value };
  }

  async function travel({ delayMs, delay }: Fate): Promise<void> {
    await delay?.();
    if (!delayMs) return;
    timers += 1;
    await new Promise<void>((arrive) => void clock.schedule(arrive, delayMs));
    timers -= 1;
  }

  return {
    get sent() {
      return sent;
    },
    get value() {
      return value;
    },
    done,
    ended,
    get clicks() {
      return clicks;
    },
    underWay,
    get timers() {
      return timers;
    },
    decide(decided) {
      fateOf = decided;
    },
    expireTokens() {
      token = (token ?? 0) + 1;
    },
    async transport(request) {
      const nth = (sent += 1);
      const fate = fateOf(request);
      underWay.add(request);
      try {
        await travel(fate);
        // Nobody waits for it: it may never have left.
        request.signal?.throwIfAborted();
        if (fate.before === "network") throw new TypeError("the network is down");
        if (fate.before === 503) return { status: 503 };
        const response = withTags(request, answer(request, nth));
        await travel(fate);
        request.signal?.throwIfAborted();
        if (fate.lost) throw new TypeError("the connection was closed");
        return response;
      } finally {
        underWay.delete(request);
        ended.add(String(request.body));
      }
    },
  };
}

/** Says what a request has read or written, to those who have told that they know its API. */
function withTags(
  { method, url, headers }: TransportRequest,
  response: TransportResponse,
): TransportResponse {
  if (headers["api-contract"] === undefined || response.status >= 300) return response;
  const [path] = url.split("?", 1);
  const tags = method === "GET" ? { "api-reads": path! } : { "api-writes": "posts,posts/*" };
  return { ...response, headers: { ...response.headers, ...tags } };
}

import {
  createClient,
  type AnyPlugin,
  type Client,
  type ClientError,
  type ClientResponse,
  type UntypedApi,
} from "@x/client";
import { createFakeClock, type FakeClock } from "@x/client/testing";
import { PLUGINS, type Options, type PluginName } from "./plugins.ts";
import { createServer, type Posts, type Server } from "./server.ts";

/** One request, from its making to its end. */
export interface Sending {
  readonly kind: "read" | "write";
  /** What the body of a write is known by. */
  readonly id: string | undefined;
  /** How many requests were sent by the last invalidation before it was made. */
  readonly madeAfter: number;
  readonly controller: AbortController;
  response: ClientResponse | undefined;
}

/** A client with some plugins, a server, a user, and what has happened so far. */
export interface World {
  readonly client: Client<UntypedApi, readonly AnyPlugin[]>;
  readonly server: Server;
  readonly clock: FakeClock;
  readonly names: readonly PluginName[];
  readonly reported: readonly ClientError[];
  readonly sendings: readonly Sending[];
  /**
   * How many requests were sent by the last invalidation: what they brought is out of date. All that is read here is
   * some of the posts, and every invalidation of posts is one of all of them.
   */
  readonly outdatedUpTo: number;
  readonly user: string;
  /** Whose data was given to whom, where that was not the same. */
  readonly mistaken: readonly string[];
  send(kind: Sending["kind"], path: string, options?: Options): Sending;
  signIn(user: string): void;
  focus(): void;
}

export function createWorld(names: readonly PluginName[], others: readonly AnyPlugin[] = []): World {
  const clock = createFakeClock();
  const server = createServer();
  const reported: ClientError[] = [];
  const sendings: Sending[] = [];
  const listeners = new Set<() => void>();
  const surroundings = {
    storage: new Map<string, unknown>(),
    onFocus(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const mistaken: string[] = [];
  const witness: AnyPlugin = {
    name: "tests:witness",
    // The last one to see a response, as it leaves the client.
    priority: Number.MAX_SAFE_INTEGER,
    afterResponse(_context, { data }) {
      const { owner = user } = (data ?? {}) as Partial<Posts>;
      if (owner !== user) mistaken.push(`${owner}'s to ${user}`);
    },
  };
  let user = "ada";
  let outdatedUpTo = 0;
  let writes = 0;

  const client: World["client"] = createClient({
    clock,
    transport: server.transport,
    identity: () => user,
    headers: () => ({ "x-user": user }),
    onError: (error) => reported.push(error),
  }).use([...names.map((name) => PLUGINS[name](surroundings)), ...others, witness]);
  const { stateManager } = client;
  const { markStale, clear } = stateManager;
  Object.assign(stateManager, {
    markStale(patterns: string | readonly string[]) {
      if ([patterns].flat().some((pattern) => /^(posts|\*)/.test(pattern))) outdatedUpTo = server.sent;
      return markStale(patterns);
    },
    clear() {
      outdatedUpTo = server.sent;
      clear();
    },
  });

  return {
    client,
    server,
    clock,
    names,
    reported,
    sendings,
    mistaken,
    get outdatedUpTo() {
      return outdatedUpTo;
    },
    get user() {
      return user;
    },
    send(kind, path, options = {}) {
      const id = kind === "write" ? `w${(writes += 1)}` : undefined;
      const sending: Sending = {
        kind,
        id,
        madeAfter: outdatedUpTo,
        controller: new AbortController(),
        response: undefined,
      };
      sendings.push(sending);
      const write = { method: "POST", body: { id } };
      const { signal } = sending.controller;
      void client
        .request(path, { ...(kind === "write" ? write : {}), signal, ...options })
        .then((response) => (sending.response = response));
      return sending;
    },
    signIn(other) {
      user = other;
    },
    focus: () => [...listeners].forEach((listener) => listener()),
  };
}

import {
  createClient,
  type AnyPlugin,
  type Client,
  type ClientError,
  type ClientResponse,
  type Observer,
  type UntypedApi,
} from "@x/client";
import { createFakeClock, type FakeClock } from "@x/client/testing";
import { PLUGINS, type Options, type PluginName } from "./plugins.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createServer, type Server } from "./server.ts";

/** One request, from its making to its end. */
export interface Sending {
  /** All clicks are the same to the server. */
  readonly kind: "read" | "write" | "click";
  /** What the body of a write is known by. */
  readonly id: string | undefined;
  /** How many requests were sent by the last invalidation before it was made. */
  readonly madeAfter: number;
  /** How many were sent before it. */
  readonly sentBefore: number;
  /** Whether only the network's answer will do. */
  readonly forced: boolean;
  /** Whether it is shown before the server has said anything. */
  readonly optimistic: boolean;
  /** How often somebody else had signed in by then. */
  readonly session: number;
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
  readonly ledger: Ledger;
  readonly user: string;
  /** How often somebody else has signed in. */
  readonly session: number;
  /** How many wait for the page to be shown again. */
  readonly listening: number;
  /** Whether there was ever an observer, whose fetches go on when it is unmounted. */
  readonly observed: boolean;
  observe(options?: Options): Observer;
  send(kind: Sending["kind"], path: string, options?: Options): Sending;
  signIn(user: string): void;
  focus(): void;
}

export function createWorld(names: readonly PluginName[], others: readonly AnyPlugin[] = []): World {
  const clock = createFakeClock();
  const server = createServer(clock);
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
  let user = "ada";
  let session = 0;
  let observed = false;
  let writes = 0;
  const ledger = createLedger(server, names, () => user);

  const client: World["client"] = createClient({
    clock,
    transport: server.transport,
    identity: () => user,
    headers: () => ({ "x-user": user }),
    onError: (error) => reported.push(error),
  }).use([...names.map((name) => PLUGINS[name](surroundings)), ...others, ledger.witness]);
  ledger.follow(client.stateManager);

  return {
    client,
    server,
    clock,
    names,
    reported,
    sendings,
    ledger,
    get listening() {
      return listeners.size;
    },
    get user() {
      return user;
    },
    get session() {
      return session;
    },
    get observed() {
      return observed;
    },
    observe(options) {
      observed = true;
      const observer = client.observe("posts", options);
      observer.mount();
      return observer;
    },
    send(kind, path, options = {}) {
      const id = kind === "write" ? `w${(writes += 1)}` : undefined;
      const sending: Sending = {
        kind,
        id,
        madeAfter: ledger.outdatedUpTo,
        sentBefore: server.sent,
        forced: options.forceRefetch === true,
        optimistic: options.optimistic !== undefined,
        session,
        controller: new AbortController(),
        response: undefined,
      };
      sendings.push(sending);
      const what: Options = kind === "read" ? {} : { method: "POST", body: { id } };
      const { signal } = sending.controller;
      void client
        .request(path, { ...what, signal, ...options })
        .then((response) => (sending.response = response));
      return sending;
    },
    signIn(other) {
      if (other !== user) session += 1;
      user = other;
    },
    focus: () => [...listeners].forEach((listener) => listener()),
  };
}

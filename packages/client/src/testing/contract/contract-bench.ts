import { createClient } from "../../client/create-client.ts";
import type { Client, ClientConfig } from "../../client/client-types.ts";
import type { ClientError } from "../../errors.ts";
import type { AnyPlugin } from "../../plugin/plugin.ts";
import type { GenericRequestOptions } from "../../request/context-types.ts";
import type { ClientResponse } from "../../request/response.ts";
import { createFakeClock, type FakeClock } from "../fake-clock.ts";
import { broken, show } from "./broken.ts";
import { createContractServer, type ContractServer } from "./contract-server.ts";
import type { CreatePlugin, PluginContractOptions } from "./contract-options.ts";
import { watchPlugin, type WatchedPlugin } from "./watch-plugin.ts";

/** How long a plugin may let anybody wait, in milliseconds of the fake clock. */
export const PATIENCE_MS = 300_000;

/** A client with the plugin under test, on a clock that stands still. */
export interface Subject extends WatchedPlugin {
  readonly client: Client;
  readonly server: ContractServer;
  readonly clock: FakeClock;
  readonly reported: readonly ClientError[];
  /** Sends a read or a write with the options that the contract was given. */
  send(operation: "read" | "write", options?: GenericRequestOptions): Promise<ClientResponse>;
  /** Lets a request settle, and the clock go on for as long as it takes. */
  settle(what: string, pending: Promise<ClientResponse>): Promise<ClientResponse>;
  /** Finds fault with what hooks of the plugin have thrown so far. */
  checkReports(when: string): void;
}

/** What a subject is made with, where it matters. */
export interface SubjectOptions {
  /** The plugin, where it has been given to another client already. */
  readonly plugin?: AnyPlugin;
  /** Plugins of the check, outside or inside of the one under test. */
  readonly around?: readonly AnyPlugin[];
  readonly config?: Pick<ClientConfig, "identity">;
  /** What this client's server answers with, so that it is known for this client's. */
  readonly marker?: string;
}

/** Makes what checks look at. */
export interface ContractBench {
  readonly options: PluginContractOptions;
  createPlugin(): AnyPlugin;
  createSubject(options?: SubjectOptions): Subject;
}

/** Codes that tell of a hook that threw. A plugin may report others of its own. */
const THROWN = new Set(["AFTER_RESPONSE_THREW", "LIFECYCLE_THREW", "LISTENER_THREW", "CLEANUP_THREW"]);

export function createContractBench(create: CreatePlugin, options: PluginContractOptions): ContractBench {
  return {
    options,
    createPlugin: create,
    createSubject({ plugin = create(), around = [], config = {}, marker = "data" } = {}) {
      const clock = createFakeClock();
      const server = createContractServer(marker);
      const reported: ClientError[] = [];
      const watched = watchPlugin(plugin);
      const bare = createClient({
        ...config,
        clock,
        transport: server.transport,
        onError: (error) => reported.push(error),
      });
      const client = bare.use([...(options.others?.() ?? []), watched.plugin, ...around]);

      const subject: Subject = {
        ...watched,
        client,
        server,
        clock,
        reported,
        send(operation, more) {
          const write = { method: "POST", body: { title: "Hi" } };
          return client.request("items/:id", {
            params: { id: 1 },
            ...(operation === "write" ? write : {}),
            ...options.requestOptions,
            ...more,
          });
        },
        async settle(what, pending) {
          let response: ClientResponse | undefined;
          void pending.then((settled) => (response = settled));
          await clock.advance(0);
          if (!response) await clock.advance(PATIENCE_MS);
          return (
            response ??
            broken(
              `${what} never settles`,
              "let every path through the middleware return or throw in the end",
            )
          );
        },
        checkReports(when) {
          const fault = reported.find(({ code }) => THROWN.has(code));
          if (fault)
            broken(`a hook threw ${when}: ${show(fault)}`, "make it take what it meets", fault.cause);
        },
      };
      return subject;
    },
  };
}

/** A place in the chain beside the plugin under test: `outer` meets requests before it, `inner` after it. */
export function standIn(
  place: "outer" | "inner",
  middleware: NonNullable<AnyPlugin["middleware"]>,
): AnyPlugin {
  const priority = place === "outer" ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
  return { name: `contract:${place}`, priority, middleware };
}

import type { AnyPlugin, StateManager } from "@x/client";
import type { PluginName } from "./plugins.ts";
import type { Posts, Server } from "./server.ts";

/** What a client has been told, by which what it shows can be judged. */
export interface Ledger {
  /**
   * How many requests were sent by the last invalidation: what they brought is out of date. All that is read here is
   * some of the posts, and every invalidation of posts is one of all of them.
   */
  readonly outdatedUpTo: number;
  /** How many requests were sent when everything was last forgotten: what they brought is not to be kept. */
  readonly forgottenUpTo: number;
  /** Whose data was given to whom, where that was not the same. */
  readonly mistaken: readonly string[];
  /** The keys that had an answer of the server when they were last looked at. */
  readonly answered: Set<string>;
  /** The unconfirmed changes that each key showed when it was last looked at. */
  readonly shown: Map<string, readonly string[]>;
  /** How many requests have yet to tell plugins to clean up. */
  readonly cleanups: number;
  readonly witness: AnyPlugin;
  follow(stateManager: StateManager): void;
}

export function createLedger(server: Server, names: readonly PluginName[], userOf: () => string): Ledger {
  const mistaken: string[] = [];
  const answered = new Set<string>();
  const shown = new Map<string, readonly string[]>();
  let outdatedUpTo = 0;
  let forgottenUpTo = 0;
  let cleanups = 0;

  return {
    mistaken,
    answered,
    shown,
    get cleanups() {
      return cleanups;
    },
    get outdatedUpTo() {
      return outdatedUpTo;
    },
    get forgottenUpTo() {
      return forgottenUpTo;
    },
    witness: {
      name: "tests:witness",
      // Just before the invalidation plugin, which is to do what is noted here.
      priority: 99,
      afterResponse(context, { data, error }) {
        const { path, operationType, pluginOptions = {} } = context;
        cleanups += 1;
        context.onCleanup(() => (cleanups -= 1));
        const { owner = userOf() } = (data ?? {}) as Partial<Posts>;
        if (owner !== userOf()) mistaken.push(`${owner}'s to ${userOf()}`);
        const invalidates = path === "posts" && operationType === "write" && !("optimistic" in pluginOptions);
        if (invalidates && !error && names.includes("invalidation")) outdatedUpTo = server.sent;
      },
    },
    follow(stateManager) {
      const { markStale, clear } = stateManager;
      Object.assign(stateManager, {
        markStale(patterns: string | readonly string[]) {
          if ([patterns].flat().some((pattern) => /^(posts|\*)/.test(pattern))) outdatedUpTo = server.sent;
          return markStale(patterns);
        },
        clear() {
          outdatedUpTo = forgottenUpTo = server.sent;
          answered.clear();
          shown.clear();
          clear();
        },
      });
    },
  };
}

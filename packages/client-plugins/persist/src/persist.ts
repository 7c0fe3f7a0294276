import { ClientError, definePlugin, isFailure, perClient, untilAborted, type ClientScope } from "@x/client";
import { createKeeper, type Keeper } from "./keeper.ts";
import { pageHidden, type Subscribe } from "./page-hidden.ts";
import { indexedDbStorage, type StateStorage } from "./storage.ts";

/** Options of one read. */
export interface PersistOptions {
  /** Whether what this read gives is kept. Default: `true`, or what the plugin says. */
  readonly persist?: boolean | undefined;
}

/** Options of `persist`. */
export interface PersistConfig extends PersistOptions {
  /** Where to keep state. Default: IndexedDB where there is one, and otherwise nothing is kept. */
  readonly storage?: StateStorage | undefined;
  /** What the state is kept under. Default: `client-state`. */
  readonly storageKey?: string | undefined;
  /** Change it when the data of your API changes its shape: what was kept under another is dropped. Default: 0. */
  readonly schemaVersion?: string | number | undefined;
  /** How old data may be to be taken over, in milliseconds. Default: 86,400,000, a day. */
  readonly maxAgeMs?: number | undefined;
  /** How long after a change the state is saved, in milliseconds. Default: 1,000. */
  readonly saveDelayMs?: number | undefined;
  /** How long reads wait for what was kept, in milliseconds. Default: 2,000. */
  readonly restoreTimeoutMs?: number | undefined;
  /** Tells that the page may be gone soon, so that the state is saved. Default: the document is hidden. */
  readonly hideEvents?: Subscribe | undefined;
}

/** What the plugin adds to a client. */
export interface PersistMethods {
  /** Takes over what was kept. The first read does it, too; a client does it once. */
  restorePersisted(): Promise<void>;
  /** Saves what has changed, now. */
  savePersisted(): Promise<void>;
  /** Forgets what was kept. What the client has now is kept again when something of it changes. */
  clearPersisted(): Promise<void>;
}

/** What the plugin adds to the types of a client. */
export interface PersistTypes {
  options: PersistOptions;
  methods: PersistMethods;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Keeps what was read across reloads. Reads wait for what was kept, so that a cache finds it. What belongs to another
 * identity than the client's is deleted.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { persist } from "@x/client-persist";
 *
 * const identity = () => localStorage.getItem("user");
 * const client = createClient({ baseUrl: "/api", identity }).use([persist({ schemaVersion: 3 })]);
 * await client.get("posts");
 * await client.get("secrets", { persist: false });
 * ```
 */
export function persist(config: PersistConfig = {}) {
  const { hideEvents = pageHidden } = config;
  const keeperOf = perClient((scope): { keeper: Keeper | undefined } => {
    const storage = config.storage ?? (typeof indexedDB === "undefined" ? undefined : indexedDbStorage());
    return { keeper: storage && open(scope, storage) };
  });

  function open(scope: ClientScope, storage: StateStorage): Keeper {
    return createKeeper(scope, {
      storage,
      storageKey: config.storageKey ?? "client-state",
      schemaVersion: config.schemaVersion ?? 0,
      maxAgeMs: config.maxAgeMs ?? DAY_MS,
      saveDelayMs: config.saveDelayMs ?? 1_000,
      restoreTimeoutMs: config.restoreTimeoutMs ?? 2_000,
      persist: config.persist ?? true,
      hideEvents,
    });
  }

  return definePlugin<PersistTypes>()({
    name: "persist",
    // Outside of whatever answers from the state.
    priority: -25,

    setup: (context) => () => keeperOf(context).keeper?.dispose(),

    async middleware(context, next) {
      const { keeper } = keeperOf(context);
      if (!keeper) return next();
      const wantsState = context.operationType !== "write" && !context.forceRefetch;
      if (wantsState && !keeper.isReady) {
        await untilAborted(keeper.restore(), context.request.signal);
        if (keeper.isDisposed) return { error: disposedError() };
      }
      return next();
    },

    afterResponse(context, response) {
      const { keeper } = keeperOf(context);
      if (!keeper || isFailure(response)) return;
      if (context.operationType !== "write") keeper.choose(context.queryKey, context.pluginOptions?.persist);
      keeper.saveSoon();
    },

    api: (context) => ({
      async restorePersisted() {
        await keeperOf(context).keeper?.restore();
      },
      async savePersisted() {
        await keeperOf(context).keeper?.save();
      },
      async clearPersisted() {
        await keeperOf(context).keeper?.clear();
      },
    }),
  });
}

function disposedError(): ClientError {
  return new ClientError(
    "CLIENT_DISPOSED",
    "the client was disposed while the request waited for what was kept",
  );
}

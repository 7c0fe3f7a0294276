import { ClientError, type ClientScope, type DehydratedState } from "@x/client";
import { canBeCloned, isKeptState, isSame, type KeptEntry, type KeptState } from "./kept-state.ts";
import type { Subscribe } from "./page-hidden.ts";
import type { StateStorage } from "./storage.ts";

/** What a keeper goes by. */
export interface KeeperConfig {
  readonly storage: StateStorage;
  readonly storageKey: string;
  readonly schemaVersion: string | number;
  readonly maxAgeMs: number;
  readonly saveDelayMs: number;
  readonly restoreTimeoutMs: number;
  readonly persist: boolean;
  readonly hideEvents: Subscribe;
}

/** Keeps the state of one client. */
export interface Keeper {
  /** Takes over what was kept, once. Resolves no later than the time for it is over. */
  restore(): Promise<void>;
  /** Whether what a key holds is kept. */
  choose(queryKey: string, wanted: boolean | undefined): void;
  /** Saves what has changed, a little later. */
  saveSoon(): void;
  /** Saves what has changed. */
  save(): Promise<void>;
  /** Forgets what was kept. */
  clear(): Promise<void>;
  dispose(): void;
  /** Whether there is nothing to wait for. */
  readonly isReady: boolean;
  readonly isDisposed: boolean;
}

export function createKeeper(scope: ClientScope, config: KeeperConfig): Keeper {
  const { stateManager, eventEmitter, clock, report } = scope;
  const { storage, storageKey, schemaVersion } = config;
  let choices = new Map<string, boolean>();
  let saved: readonly KeptEntry[] = [];
  let cancelSave: (() => void) | undefined;
  let loading: Promise<void> | undefined;
  let ready: Promise<void> | undefined;
  let endWait = () => {};
  let stopListening: (() => void) | undefined;
  let isReady = false;
  let isDisposed = false;
  /** What the storage does, one after the other. */
  let work: Promise<void> = Promise.resolve();

  function enqueue(what: string, task: () => unknown): Promise<void> {
    work = work.then(async () => void (await task())).catch((cause: unknown) => report(failure(what, cause)));
    return work;
  }

  async function load(): Promise<void> {
    const kept = await storage.get(storageKey);
    if (kept === undefined || kept === null) return;
    if (!isKeptState(kept) || kept.schemaVersion !== schemaVersion || kept.identity !== scope.identity) {
      await storage.delete(storageKey);
      return;
    }
    const now = clock.now();
    const entries = kept.entries.filter(({ state: { timestamp } }) => {
      // What is from the future would be fresh for too long.
      return timestamp <= now && now - timestamp < config.maxAgeMs;
    });
    for (const { key } of entries) choices.set(key, true);
    stateManager.hydrate({ identity: kept.identity, entries });
  }

  /** The state that is to be kept, and whose it is. */
  function takeSnapshot(): DehydratedState {
    const { identity, entries } = stateManager.dehydrate();
    return { identity, entries: entries.filter(({ key }) => choices.get(key) ?? config.persist) };
  }

  async function write({ identity, entries }: DehydratedState): Promise<void> {
    const toKept = (kept: readonly KeptEntry[]): KeptState => ({ schemaVersion, identity, entries: kept });
    try {
      await storage.set(storageKey, toKept(entries));
    } catch (cause) {
      // One entry that cannot be stored is not to keep all others from it.
      const storable = entries.filter(canBeCloned);
      if (storable.length === entries.length) throw cause;
      await storage.set(storageKey, toKept(storable));
    }
    saved = entries;
  }

  const keeper: Keeper = {
    get isReady() {
      return isReady;
    },
    get isDisposed() {
      return isDisposed;
    },

    restore() {
      if (ready) return ready;
      loading = enqueue("read", load);
      ready = new Promise((resolve) => {
        const cancel = clock.schedule(() => endWait(), config.restoreTimeoutMs);
        endWait = () => {
          cancel();
          isReady = true;
          resolve();
        };
      });
      void loading.then(() => endWait());
      return ready;
    },

    choose(queryKey, wanted) {
      choices.set(queryKey, wanted ?? config.persist);
    },

    saveSoon() {
      if (isDisposed) return;
      cancelSave ??= clock.schedule(() => void keeper.save(), config.saveDelayMs);
      stopListening ??= config.hideEvents(() => void keeper.save());
    },

    async save() {
      cancelSave?.();
      cancelSave = undefined;
      // What is kept is not overwritten before it has been read.
      void keeper.restore();
      await loading;
      const state = takeSnapshot();
      if (!isSame(state.entries, saved)) await enqueue("written", () => write(state));
    },

    clear() {
      cancelSave?.();
      cancelSave = undefined;
      saved = takeSnapshot().entries;
      return enqueue("cleared", () => storage.delete(storageKey));
    },

    dispose() {
      isDisposed = true;
      const isPending = cancelSave !== undefined;
      if (isPending) void keeper.save();
      endWait();
      stopListening?.();
    },
  };
  // The client has cleared its state by then.
  eventEmitter.on("identity", () => {
    choices = new Map();
    void keeper.clear();
  });
  return keeper;
}

function failure(what: string, cause: unknown): ClientError {
  return new ClientError("PERSIST_FAILED", `the state could not be ${what}`, { plugin: "persist", cause });
}

import type { Runtime } from "../client/runtime-types.ts";
import { createListeners } from "../observer/listeners.ts";

/** What equal observers share. */
export interface Shared<Options, Snapshot> {
  /** Whether any of them is mounted. */
  readonly mounted: boolean;
  getSnapshot(): Snapshot;
  subscribe(listener: () => void): () => void;
  mount(member: object, options: Options): void;
  /** A mounted observer has other options. */
  update(member: object, options: Options): void;
  unmount(member: object): void;
}

/** The part of an observer that has nothing to do with what it observes. */
export interface SharedObserver<Options, Snapshot> {
  mount(): void;
  update(options: Options): void;
  unmount(): void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): Snapshot;
}

/** How an observer gets at what it shares. */
interface SharedObserverHost<Options, Common> {
  /** What equal options have in common. It throws for bad ones. */
  keyOf(options: Options): string;
  find(key: string, options: Options): Common;
}

/**
 * Creates an observer of something that it shares with its equals. `current` gives that, and its options, for the user
 * who is there now.
 */
export function createSharedObserver<Options, Snapshot, Common extends Shared<Options, Snapshot>>(
  runtime: Runtime,
  path: string,
  initialOptions: Options,
  host: SharedObserverHost<Options, Common>,
): { readonly observer: SharedObserver<Options, Snapshot>; current(): [common: Common, options: Options] } {
  const listeners = createListeners(runtime.report, path);
  let listening = 0;
  let stopListening: () => void = () => {};
  let options = initialOptions;
  let mounted = false;
  let key = host.keyOf(options);
  let session = runtime.checkIdentity();
  let common = host.find(key, options);

  function moveTo(nextKey: string): void {
    const before = common;
    session = runtime.checkIdentity();
    key = nextKey;
    common = host.find(key, options);
    // In this order: what the two have in common is not given up in between.
    if (mounted) common.mount(observer, options);
    if (before !== common) before.unmount(observer);
    listen(0);
  }

  /** Listens for as long as somebody listens here. */
  function listen(more: number): void {
    listening += more;
    stopListening();
    stopListening = listening > 0 ? common.subscribe(listeners.tell) : () => {};
  }

  function followIdentity(): void {
    if (runtime.checkIdentity() !== session) moveTo(host.keyOf(options));
  }

  const observer: SharedObserver<Options, Snapshot> = {
    mount() {
      if (mounted || runtime.disposed) return;
      // What nobody showed for long has been forgotten.
      moveTo(host.keyOf(options));
      mounted = true;
      runtime.mounted.set(observer, () => {
        followIdentity();
        listeners.tell();
      });
      common.mount(observer, options);
    },

    update(next) {
      const nextKey = host.keyOf(next);
      options = next;
      if (nextKey === key) {
        if (mounted) common.update(observer, options);
        return;
      }
      moveTo(nextKey);
      listeners.tell();
    },

    unmount() {
      if (!mounted) return;
      mounted = false;
      runtime.mounted.delete(observer);
      common.unmount(observer);
    },

    subscribe(listener) {
      const remove = listeners.add(listener);
      listen(1);
      let active = true;
      return () => {
        remove();
        if (active) listen(-1);
        active = false;
      };
    },

    getSnapshot() {
      followIdentity();
      return common.getSnapshot();
    },
  };

  return {
    observer,
    current() {
      followIdentity();
      return [common, options];
    },
  };
}

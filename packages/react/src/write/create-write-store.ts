import type { ClientResponse, GenericRequestOptions, Observer, ObserverSnapshot } from "@x/client";
import type { AnyClient } from "../shared/client-types.ts";
import type { HookScope } from "../shared/hook-scope.ts";
import { createLease } from "../shared/create-lease.ts";
import { createListener } from "../shared/create-listener.ts";
import { createSelector } from "../shared/create-selector.ts";
import { sameOptions } from "../shared/is-equal.ts";

/** What a component may read of its latest write, untyped. */
export interface WriteView {
  readonly data: unknown;
  readonly error: ObserverSnapshot["error"];
  readonly status: ObserverSnapshot["status"];
  readonly isPending: boolean;
  readonly meta: ObserverSnapshot["meta"];
  readonly send: (input?: GenericRequestOptions) => Promise<ClientResponse>;
  readonly reset: () => void;
}

/** Connects one component with the observer of its writes. */
export interface WriteStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly select: () => WriteView;
  /** What was rendered is on screen: its writes have these options. */
  commit(options: GenericRequestOptions): void;
  /** Keeps the observer mounted until what it returns is called. */
  readonly hold: () => () => void;
}

export function createWriteStore(scope: HookScope, client: AnyClient, path: string): WriteStore {
  const { subscribe, tell } = createListener(scope);
  const selected = createSelector<WriteView>(new Set());
  let options: GenericRequestOptions = {};
  let observer: Observer | undefined;
  let mounted = false;
  let stopObserving = () => {};

  /** Made when it is needed: a component that is only rendered, as on a server, needs none. */
  function observe(): Observer {
    if (observer) return observer;
    observer = client.observeRequest(path, { method: "POST", ...options });
    stopObserving = observer.subscribe(tell);
    return observer;
  }

  function letGo(): void {
    stopObserving();
    observer?.unmount();
    observer = undefined;
  }

  const send = (input?: GenericRequestOptions) => observe().send(input);

  function reset(): void {
    letGo();
    if (mounted) observe().mount();
    tell();
  }

  function view(): WriteView {
    const snapshot = observer?.getSnapshot();
    const isPending = snapshot?.fetching ?? false;
    return {
      // What became of the write before says nothing of this one.
      data: isPending ? undefined : snapshot?.data,
      error: isPending ? undefined : snapshot?.error,
      status: isPending ? "pending" : (snapshot?.status ?? "idle"),
      isPending,
      meta: snapshot?.meta ?? {},
      send,
      reset,
    };
  }

  return {
    subscribe,
    select: () => selected(scope.quietly(view)),
    commit(next) {
      const same = sameOptions(options, next);
      options = next;
      if (!same) observer?.update({ method: "POST", ...options });
      if (mounted) return;
      mounted = true;
      observe().mount();
    },
    hold: createLease(() => {
      mounted = false;
      letGo();
    }),
  };
}

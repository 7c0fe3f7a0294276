import type { Runtime } from "../client/runtime-types.ts";
import type { Shared } from "../operations/shared-observer.ts";
import { createSharedOwner, type SharedOwner } from "../operations/shared-owner.ts";
import { disposedError } from "../request/refusal.ts";
import { failedResponse } from "../request/response.ts";
import type { CacheEntry } from "../state/state-types.ts";
import { matchesTags } from "../state/tag-index.ts";
import { createPageChain, type PageAddress, type PlacedPage } from "./page-chain.ts";
import { createPageFetches, type PageFetches } from "./page-fetches.ts";
import { toPageRequest, type AnyPagesOptions } from "./pages-internal.ts";
import type { PagesSnapshot } from "./pages-types.ts";
import { takePagesSnapshot } from "./take-pages-snapshot.ts";

/** A list, shared by all observers with the same first page. */
export interface PageList
  extends Shared<AnyPagesOptions, PagesSnapshot>, Pick<PageFetches, "add" | "run" | "retry"> {
  /** Takes the options of an observer that need not be mounted. */
  use(options: AnyPagesOptions): void;
  reset(): Promise<void>;
}

export function createPageList(
  runtime: Runtime,
  path: string,
  key: string,
  initialOptions: AnyPagesOptions,
): PageList {
  const { state } = runtime;
  const chain = createPageChain(place({ param: initialOptions.initialPageParam, key }), release);
  let generation = state.generation;
  let snapshot: PagesSnapshot | undefined;
  /** The entries that the snapshot shows. */
  let shown: readonly (CacheEntry | undefined)[] = [];
  let stopEvents: () => void = () => {};

  const owner: SharedOwner<AnyPagesOptions> = createSharedOwner(runtime, path, initialOptions, {
    toRequest(options, latest) {
      const page = latest && chain.pages().find(({ context }) => context === latest);
      return toPageRequest(options, (page ?? chain.anchor).param, false);
    },
    changed() {
      forgetIfCleared();
      snapshot = undefined;
    },
    async refetch() {
      forgetIfCleared();
      // Each page may ask for it, one after the other: one run is for all of them.
      await fetches.run({ forced: true });
      return fetches.lastAnswer ?? failedResponse(disposedError());
    },
    started(first) {
      forgetIfCleared();
      // What was collected meanwhile ends the list.
      for (const direction of ["next", "previous"] as const) {
        const from = chain[direction].findIndex((page) => page !== chain.anchor && !entryOf(page));
        if (from >= 0) chain.cut(direction, from);
      }
      for (const page of chain.pages()) follow(page);
      stopEvents = runtime.events.on("refetch", ({ queryKey, tags = [] }) => {
        const isMeant = (page: PlacedPage) => page.key === queryKey || matchesTags(tags, tagsOf(page));
        if (chain.pages().some(isMeant)) void fetches.run({ forced: true, anew: true });
      });
      void fetches.run({ forced: false, anew: true, first });
    },
    updated(previous, current) {
      for (const page of chain.pages()) if (page.context === previous) page.context = current;
    },
    ended() {
      stopEvents();
      for (const page of chain.pages()) release(page);
    },
  });
  const fetches = createPageFetches({ runtime, path, chain, owner, place, release, follow });

  const entryOf = ({ key: pageKey }: PageAddress) => state.getCache(pageKey);
  const tagsOf = (page: PlacedPage) => [
    ...((page.context ?? owner.latest)?.tags ?? []),
    ...(entryOf(page)?.tags ?? []),
  ];

  function follow(page: PlacedPage): void {
    page.stop();
    if (owner.mounted) page.stop = state.subscribe(page.key, owner.changed);
  }

  /** What the client forgets as a whole was somebody else's, and so are the params that came of it. */
  function forgetIfCleared(): void {
    if (generation === state.generation) return;
    generation = state.generation;
    startOver();
  }

  function startOver(): void {
    fetches.drop();
    chain.reset(place({ param: owner.options.initialPageParam, key }));
    follow(chain.anchor);
  }

  return {
    get mounted() {
      return owner.mounted;
    },
    subscribe: owner.subscribe,
    update: owner.join,
    unmount: owner.leave,
    use(options) {
      forgetIfCleared();
      owner.use(options);
    },
    run: fetches.run,
    add: fetches.add,
    retry: fetches.retry,

    mount(member, options) {
      if (!owner.join(member, options)) void fetches.run({ forced: false });
    },

    reset() {
      startOver();
      return fetches.run({ forced: true, anew: true });
    },

    getSnapshot() {
      forgetIfCleared();
      const pages = chain.pages();
      const entries = pages.map(entryOf);
      const same = entries.length === shown.length && entries.every((entry, at) => entry === shown[at]);
      if (snapshot && same) return snapshot;
      shown = entries;
      snapshot = takePagesSnapshot(pages, entries, {
        hasNext: Boolean(fetches.beyond("next")),
        hasPrevious: Boolean(fetches.beyond("previous")),
        running: fetches.running,
        adding: fetches.adding,
        notAdded: fetches.notAdded.values(),
        latest: owner.latest,
      });
      return snapshot;
    },
  };
}

function place(address: PageAddress): PlacedPage {
  return { ...address, error: undefined, context: undefined, stop() {} };
}

function release(page: PlacedPage): void {
  page.context?.cleanUp();
  page.stop();
}

import type { Runtime } from "../client/runtime-types.ts";
import type { ClientError } from "../errors.ts";
import type { SharedOwner } from "../operations/shared-owner.ts";
import type { Context } from "../request/context.ts";
import type { ClientResponse } from "../request/response.ts";
import { findNeighbour } from "./find-neighbour.ts";
import type { PageAddress, PageChain, PlacedPage } from "./page-chain.ts";
import { toPageRequest, type AnyPagesOptions } from "./pages-internal.ts";
import type { PageDirection, PageFailure } from "./pages-types.ts";

/** How the pages of a list are to be gone through. */
export interface RunOptions {
  /** Past any cache. */
  readonly forced: boolean;
  /** Whether a run that is under way may have fetched too early. Otherwise it is joined. */
  readonly anew?: boolean;
  /** The context of the first request. */
  readonly first?: Context;
}

/** What fetches the pages of a list. */
export interface PageFetches {
  /** Whether the pages are gone through. */
  readonly running: boolean;
  /** The directions in which a page is being added. */
  readonly adding: ReadonlyMap<PageDirection, unknown>;
  /** The pages that could not be added. */
  readonly notAdded: ReadonlyMap<PageDirection, PageFailure>;
  readonly lastAnswer: ClientResponse | undefined;
  /** What is beyond the page at an end, or at the end of the first `length` pages of an arm. */
  beyond(direction: PageDirection, length?: number): PageAddress | undefined | null;
  /** Asks for all pages, one after the other, from the one that the arms of the chain begin at. */
  run(options: RunOptions): Promise<void>;
  add(direction: PageDirection): Promise<void>;
  retry(failure: PageFailure | undefined): Promise<void>;
  /** Lets go of all that is under way: what comes of it is no longer the list's. */
  drop(): void;
}

/** What fetching pages needs of their list. */
interface PageFetchesHost {
  readonly runtime: Runtime;
  readonly path: string;
  readonly chain: PageChain;
  readonly owner: SharedOwner<AnyPagesOptions>;
  place(address: PageAddress): PlacedPage;
  release(page: PlacedPage): void;
  /** Follows the data of a page, as long as the list is mounted. */
  follow(page: PlacedPage): void;
}

interface Run {
  readonly forced: boolean;
  /** Whether it asks for a page that has data. By default it does for every page. */
  readonly wants: ((page: PlacedPage) => boolean) | undefined;
  /** Whether it has ended before it came to all pages. */
  givenUp: boolean;
  done: Promise<void>;
}

interface Addition {
  /** Whether what it has asked for will be too old. */
  outdated: boolean;
  done: Promise<void>;
}

export function createPageFetches(host: PageFetchesHost): PageFetches {
  const { runtime, path, chain, owner } = host;
  const adding = new Map<PageDirection, Addition>();
  const notAdded = new Map<PageDirection, PageFailure>();
  let current: Run | undefined;
  let lastAnswer: ClientResponse | undefined;

  const hasData = ({ key }: PageAddress) => runtime.state.getCache(key) !== undefined;

  const beyond: PageFetches["beyond"] = (direction, length) =>
    findNeighbour(runtime, path, owner.options, direction, chain.pages(direction, length));

  async function send(
    page: PlacedPage,
    forced: boolean,
    apply: (answer: ClientResponse) => void,
    given?: Context,
  ): Promise<ClientResponse> {
    const context = given ?? owner.createContext(toPageRequest(owner.options, page.param, forced));
    if (page.context !== context) page.context?.cleanUp();
    page.context = context;
    host.follow(page);
    lastAnswer = await owner.send(context, apply);
    // It has no place in the list, or was unmounted under way.
    if (!owner.mounted || !chain.pages().includes(page)) host.release(page);
    return lastAnswer;
  }

  async function walk(run: Run, direction: PageDirection, first?: Context): Promise<void> {
    const arm = chain[direction];
    for (let at = 0; at < arm.length; at += 1) {
      const old = arm[at]!;
      const found = old === chain.anchor ? old : beyond(direction, at);
      if (found === null) return;
      if (found === undefined) return chain.cut(direction, at);
      // What comes before it may have changed, so that another page is due in its place.
      const page = found.key === old.key ? old : host.place(found);
      if (page === old && hasData(old) && run.wants?.(old) === false) continue;

      const answer = await send(
        page,
        run.forced,
        ({ error }) => {
          if (current !== run) return;
          old.error = error;
          if (!error && page !== old) chain.replace(direction, old, page);
        },
        old === chain.anchor ? first : undefined,
      );
      if (current !== run) return;
      // Without any response the other pages would fare no better, and without data nobody knows which they are.
      if (answer.error && (answer.status === 0 || !hasData(old))) return giveUp(run, old, answer.error);
      // Pages may have gone meanwhile, this one among them.
      at = arm.indexOf(answer.error ? old : page);
    }
  }

  /** Ends a run at a page. Those that it has not come to have failed for the same reason. */
  function giveUp(run: Run, at: PlacedPage, error: ClientError): void {
    const order = [...chain.next, ...chain.previous];
    for (const page of order.slice(order.indexOf(at))) if (run.wants?.(page) !== false) page.error = error;
    run.givenUp = true;
  }

  function start(forced: boolean, wants?: Run["wants"], first?: Context): Promise<void> {
    const run: Run = { forced, wants, givenUp: false, done: Promise.resolve() };
    current = run;
    run.done = (async () => {
      await walk(run, "next", first);
      if (current === run && !run.givenUp) await walk(run, "previous");
      // Who waits for a run waits for the one that took its place.
      if (current !== run) return current?.done;
      current = undefined;
      owner.changed();
    })();
    return run.done;
  }

  /** Fetches a page of the list again, unless that is done already. */
  async function renew(page: PlacedPage): Promise<void> {
    const { context } = page;
    await current?.done;
    const isMeant = (other: PlacedPage) => other === page && page.context === context;
    if (chain.pages().some(isMeant)) await start(true, isMeant);
  }

  /** Adds a page, and another one when the end of the list has changed before it came. */
  async function grow(direction: PageDirection, self: Addition, first: PageAddress): Promise<void> {
    notAdded.delete(direction);
    const isCurrent = () => adding.get(direction) === self;
    for (let found: PageAddress | null | undefined = first; found && isCurrent(); found = beyond(direction)) {
      const page = host.place(found);
      self.outdated = false;
      await send(page, false, ({ error }) => {
        if (!isCurrent()) return;
        if (error) notAdded.set(direction, { pageParam: page.param, error, direction });
        else if (beyond(direction)?.key === page.key)
          chain.add(direction, page, owner.options.maxPages ?? Infinity);
        else return;
        adding.delete(direction);
      });
      if (self.outdated) await renew(page);
    }
    if (!isCurrent()) return;
    adding.delete(direction);
    owner.changed();
  }

  const fetches: PageFetches = {
    get running() {
      return current !== undefined;
    },
    adding,
    notAdded,
    get lastAnswer() {
      return lastAnswer;
    },
    beyond,

    run({ forced, anew = false, first }) {
      if (anew && forced) for (const addition of adding.values()) addition.outdated = true;
      const joins = current && !anew && !current.wants && (current.forced || !forced);
      return joins ? current!.done : start(forced, undefined, first);
    },

    add(direction) {
      const underWay = adding.get(direction);
      if (underWay) return underWay.done;
      if (!hasData(chain.anchor)) return fetches.run({ forced: false });
      const found = beyond(direction);
      if (!found) return Promise.resolve();
      const addition: Addition = { outdated: false, done: Promise.resolve() };
      adding.set(direction, addition);
      addition.done = grow(direction, addition, found);
      return addition.done;
    },

    async retry(failure) {
      await current?.done;
      const isMeant = ({ error }: { readonly error: ClientError | undefined }) =>
        error !== undefined && (!failure || failure.error === error);
      const redone = [...notAdded.values()].filter(isMeant).map(({ direction }) => fetches.add(direction!));
      if (chain.pages().some(isMeant)) redone.push(start(true, isMeant));
      await Promise.all(redone);
    },

    drop() {
      current = undefined;
      adding.clear();
      notAdded.clear();
    },
  };
  return fetches;
}

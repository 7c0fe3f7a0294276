import type { ClientError } from "../errors.ts";
import type { Context } from "../request/context.ts";
import type { PageDirection } from "./pages-types.ts";

/** What a page is asked for with, and the key that its data is kept under. */
export interface PageAddress {
  readonly param: unknown;
  readonly key: string;
}

/** A page in its place. */
export interface PlacedPage extends PageAddress {
  /** Why the latest request for it failed. */
  error: ClientError | undefined;
  /** Its latest request. */
  context: Context | undefined;
  /** Ends the subscription to its data. */
  stop: () => void;
}

/** The pages of a list, in two arms: from one page on to the last, and what is before it, the nearest first. */
export interface PageChain {
  /** The page that the arms begin at. */
  readonly anchor: PlacedPage;
  readonly next: readonly PlacedPage[];
  readonly previous: readonly PlacedPage[];
  /** From the first page to the last, of the arm in one direction only as many as `length`. */
  pages(direction?: PageDirection, length?: number): PlacedPage[];
  /** Puts a page at an end. Beyond `maxPages` the one at the other end goes. */
  add(direction: PageDirection, page: PlacedPage, maxPages: number): void;
  /** Puts a page in the place of another, and of what is between the two if it was there already. */
  replace(direction: PageDirection, old: PlacedPage, page: PlacedPage): void;
  /** Takes out what comes from that place on. */
  cut(direction: PageDirection, from: number): void;
  /** Begins anew. */
  reset(anchor: PlacedPage): void;
}

/** Creates a chain of one page. `release` is called with each page that is taken out. */
export function createPageChain(anchor: PlacedPage, release: (page: PlacedPage) => void): PageChain {
  const next = [anchor];
  const previous: PlacedPage[] = [];
  const arms = { next, previous };

  function remove(arm: PlacedPage[], from: number, count = arm.length): void {
    for (const page of arm.splice(from, count)) release(page);
  }

  return {
    get anchor() {
      return next[0]!;
    },
    next,
    previous,

    pages(direction, length) {
      const upTo = (arm: PageDirection) => arms[arm].slice(0, arm === direction ? length : undefined);
      return [...upTo("previous").toReversed(), ...upTo("next")];
    },

    add(direction, page, maxPages) {
      arms[direction].push(page);
      while (next.length + previous.length > maxPages) {
        if (direction === "previous") remove(next, next.length - 1);
        else if (previous.length > 0) remove(previous, previous.length - 1);
        else remove(next, 0, 1);
        // The arms begin somewhere, also when the page that they began at is gone.
        if (next.length === 0) next.push(...previous.splice(0, 1));
      }
    },

    replace(direction, old, page) {
      const arm = arms[direction];
      const at = arm.indexOf(old);
      const known = arm.findIndex(({ key }, index) => index > at && key === page.key);
      remove(arm, at, Math.max(known - at, 0) + 1);
      arm.splice(at, 0, page);
    },

    cut: (direction, from) => remove(arms[direction], from),

    reset(first) {
      remove(previous, 0);
      remove(next, 0);
      next.push(first);
    },
  };
}

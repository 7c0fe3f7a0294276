import type { FetchAge, FetchTicket, Meta } from "./slot.ts";
import type { StateManager } from "./state-types.ts";

/** The state manager with what the client's own request path needs. */
export interface OwnedStateManager extends StateManager {
  /** Also gives the next request its place: the later one wins. */
  mark(): number;
  /** How often the state was cleared. */
  readonly generation: number;
  /** How often the key was invalidated since it is known. */
  epochOf(queryKey: string): number;
  /**
   * Registers a fetch, or that a request has joined the fetch of another: its data is as old as that fetch. Each
   * ticket is ended once, with or without `commit`.
   */
  beginFetch(queryKey: string, tags: readonly string[], order: number, joined?: FetchAge): FetchTicket;
  endFetch(queryKey: string, ticket: FetchTicket): void;
  /**
   * Gives a fetch tags that were not known before. Returns whether they were invalidated while it was under way, and
   * nobody has begun a newer one.
   */
  retagFetch(queryKey: string, ticket: FetchTicket, tags: readonly string[]): boolean;
  /** Stores what a fetch brought, unless something newer is there or the state was cleared meanwhile. */
  commit(
    queryKey: string,
    ticket: FetchTicket,
    produced: unknown,
    data: unknown,
    meta: Meta | undefined,
  ): void;
  /** What the views over a key make of data that was stored there. */
  show(queryKey: string, data: unknown): unknown;
  /** Whether the views over a key have changed since the request of that order was made. */
  viewsChanged(queryKey: string, order: number): boolean;
  dispose(): void;
}

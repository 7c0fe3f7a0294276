import type { StateManager } from "../state/state-types.ts";

/** The time in which a client is one user's. Requests that were made in it belong to it. */
export interface Session {
  /** Whose it is; `undefined` is nobody's. */
  readonly identity: string | undefined;
  /** What the query keys of its requests begin with. */
  readonly keyPrefix: string;
  /** Aborts when it is over. A client whose identity cannot change has none. */
  readonly controller: AbortController | undefined;
  /** The client's state, and one that nobody looks at once the session is over. */
  readonly state: StateManager;
}

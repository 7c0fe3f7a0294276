import type { Contract } from "../../../api/contract.ts";

/** Who is signed in, with the token that says so. */
export type SignedIn = Contract["session/sign-in"]["POST"]["data"];
export type Me = SignedIn["me"];

/** Who is signed in, in this tab. */
export interface Session {
  get(): SignedIn | undefined;
  set(signedIn: SignedIn | undefined): void;
  /** Calls the listener when somebody else is signed in, or with another role. */
  subscribe(listener: () => void): () => void;
}

/**
 * Keeps the token in memory, where no other script finds it. The session cookie, which scripts do not see at all, gets a
 * new one after a reload.
 */
export function createSession(): Session {
  let current: SignedIn | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(signedIn) {
      current = signedIn;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

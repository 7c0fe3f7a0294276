import type { Client } from "../client/client-types.ts";
import type { OwnedStateManager } from "../state/owned-state-manager.ts";

/** How many fetches of a key a client takes to be under way. No public method tells. */
export function registeredFetches({ stateManager }: Pick<Client, "stateManager">, key: string): number {
  const state = stateManager as OwnedStateManager;
  const ticket = state.beginFetch(key, [], 0);
  state.endFetch(key, ticket);
  return ticket.slot.fetching;
}

import type { DehydratedState } from "@x/client";
import { DEFAULT_STATE_NAME } from "./state-name.ts";

/**
 * Gives a client in the browser the state that `createStateStream` has sent and goes on to send. Call it before
 * `hydrateRoot`.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { receiveState } from "@x/react/streaming";
 * import { hydrateRoot } from "react-dom/client";
 *
 * const client = createClient({ baseUrl: "/api", identity: document.body.dataset["user"] });
 * receiveState(client);
 * hydrateRoot(document, <html />);
 * ```
 */
export function receiveState(
  client: { readonly hydrate: (state: DehydratedState) => void },
  { name = DEFAULT_STATE_NAME }: { readonly name?: string | undefined } = {},
): void {
  // The page's scripts put it into a list, which is there already or not.
  const page = globalThis as unknown as Record<string, Iterable<DehydratedState> | Receiver | undefined>;
  const sent = page[name];
  if (sent && Symbol.iterator in sent) for (const state of sent) client.hydrate(state);
  page[name] = { push: (state) => client.hydrate(state) };
}

/** What takes the place of the list. */
interface Receiver {
  readonly push: (state: DehydratedState) => void;
}

import { createClient } from "@x/client";
import { auth } from "@x/client-auth";
import { cache } from "@x/client-cache";
import { contract } from "@x/client-contract";
import { debounce } from "@x/client-debounce";
import { deduplication } from "@x/client-deduplication";
import { devtools } from "@x/client-devtools";
import { gc } from "@x/client-gc";
import { invalidation } from "@x/client-invalidation";
import { optimistic } from "@x/client-optimistic";
import { progress } from "@x/client-progress";
import { refetch } from "@x/client-refetch";
import { retry } from "@x/client-retry";
import { type Contract, contract as known } from "../../../api/contract.ts";
import type { Session, SignedIn } from "./session.ts";

/** Makes the desk's client. What each plugin does to a request, the panel beside the page shows. */
export function createDeskClient(baseUrl: string, session: Session) {
  return createClient<Contract>({
    baseUrl,
    identity: () => session.get()?.me.id.toString(),
    timeoutMs: 15_000,
  }).use([
    devtools({ showHeaders: ["server-timing"] }),
    gc(),
    refetch(),
    debounce(),
    optimistic(),
    cache({ staleTime: 30_000 }),
    deduplication(),
    progress(),
    retry({ retries: 2, retryDelay: 500 }),
    auth({
      getToken: () => session.get()?.token,
      async refresh({ send }) {
        const { data, error } = await send<SignedIn>("session/refresh", { method: "POST" });
        // The session is over. Any other failure says nothing of it.
        if (error?.status === 401) session.set(undefined);
        if (error) throw error;
        session.set(data);
      },
    }),
    invalidation(),
    contract(known),
  ]);
}

/** The desk's client, with all that its plugins add. */
export type DeskClient = ReturnType<typeof createDeskClient>;

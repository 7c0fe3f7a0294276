import { cache } from "@x/client-cache";
import { contract, type KnownContract } from "@x/client-contract";
import { deduplication } from "@x/client-deduplication";
import { invalidation } from "@x/client-invalidation";
import { optimistic } from "@x/client-optimistic";
import { createClient, inProcessTransport, type FetchLike } from "@x/client";
import type { Contract } from "./orders.ts";

const NOTHING_KNOWN: KnownContract = { hashes: {}, shapes: () => Promise.resolve({ default: {} }) };

/** A client of the orders' APIs without a network, and what it has sent. */
export function connect({ fetch }: { readonly fetch: FetchLike }, known = NOTHING_KNOWN) {
  const sent: Request[] = [];
  const client = createClient<Contract>({
    baseUrl: "http://orders.example",
    transport: inProcessTransport((request) => {
      sent.push(request);
      return fetch(request);
    }),
  }).use([cache(), deduplication(), invalidation(), optimistic(), contract(known)]);
  return { client, sent, paths: () => sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`) };
}

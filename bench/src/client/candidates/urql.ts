import { cacheExchange, Client, fetchExchange, gql } from "@urql/core";
import { BASE_URL, type Item } from "../api.ts";
import type { ClientCandidate } from "../client-candidate.ts";

const ITEM_QUERY = gql<{ item: Item }, { id: number }>`
  query Item($id: Int!) {
    item(id: $id) {
      id
      title
      tags
    }
  }
`;

/** A GraphQL client: another protocol over the same stub. */
export const urql: ClientCandidate = {
  name: "urql",
  note: "GraphQL: a parsed query with variables, sent by GET, of whose response it takes the `data`; `cacheExchange` and `fetchExchange`; its results go through streams; the concurrent case gets a new client for each run",
  leavesOut: ({ kind }) =>
    kind === "fill" || kind === "invalidate"
      ? "its document cache cannot be written to, and is invalidated by what mutations answer"
      : undefined,
  createReader({ kind }, fetch) {
    const create = () =>
      new Client({ url: `${BASE_URL}/graphql`, fetch, exchanges: [cacheExchange, fetchExchange] });
    let client = create();
    const context = { requestPolicy: kind === "uncached" ? "network-only" : "cache-first" } as const;
    const read = (id: number) => client.query(ITEM_QUERY, { id }, context).toPromise();
    return {
      read,
      readItem: async (id) => withoutTypename((await read(id)).data?.item),
      clear() {
        client = create();
      },
    };
  },
};

/** It asks for a `__typename` and, where a server gives one, hides it as a property that cannot be listed. */
const withoutTypename = (item: Item | undefined) => item && { ...item };

import type { Candidate } from "../harness/candidate.ts";
import { makeFunction } from "../harness/make-function.ts";
import { axiosClient } from "./candidates/axios.ts";
import { byHand } from "./candidates/by-hand.ts";
import { client } from "./candidates/client.ts";
import { kyClient } from "./candidates/ky.ts";
import { ofetchClient } from "./candidates/ofetch.ts";
import { tanstackQuery } from "./candidates/tanstack-query.ts";
import { urql } from "./candidates/urql.ts";
import type { ClientCandidate, Store } from "./client-candidate.ts";
import { type ClientCase, findCase, KEYS, type StoreCase } from "./client-case.ts";
import { createReads } from "./create-reads.ts";
import { createEntries, type Entry, GROUPS } from "./entries.ts";

/** Every candidate, in the order of the tables' columns. */
export const clientCandidates: readonly ClientCandidate[] = [
  byHand,
  client,
  tanstackQuery,
  urql,
  kyClient,
  ofetchClient,
  axiosClient,
];

/** The candidates that have a part in a case. */
export function candidatesOf(clientCase: ClientCase): ClientCandidate[] {
  return clientCandidates.filter((candidate) => candidate.leavesOut(clientCase) === undefined);
}

/** Makes what a worker process measures. */
export async function createCandidates(caseId: string): Promise<Candidate[]> {
  const clientCase = findCase(caseId);
  const created = candidatesOf(clientCase).map((candidate) => createCandidate(candidate, clientCase));
  // Every key is known before the first measured read.
  if (!("entries" in clientCase))
    await Promise.all(created.map(({ batch, maxRuns = KEYS }) => batch(maxRuns)));
  return created;
}

function createCandidate(candidate: ClientCandidate, clientCase: ClientCase): Candidate {
  switch (clientCase.kind) {
    case "cached":
    case "uncached":
    case "concurrent":
      return createReads(candidate, clientCase);
    case "fill":
      return createFill(candidate, clientCase);
    case "invalidate":
      return createInvalidation(candidate, clientCase);
  }
}

/** One run is a new cache and all of its entries. */
function createFill(candidate: ClientCandidate, { entries: count }: StoreCase): Candidate {
  const entries = createEntries(count).flat();
  const fill = makeFill();
  return {
    name: candidate.name,
    batch: async () => fill(candidate.createStore!(), entries),
    maxRuns: 1,
  };
}

/** One run is the invalidation of one group, each of which is fresh. */
function createInvalidation(candidate: ClientCandidate, { entries: count }: StoreCase): Candidate {
  const groups = createEntries(count);
  const store = candidate.createStore!();
  makeFill()(store, groups.flat());
  const invalidate = makeFunction(
    `async (runs) => { for (let group = 0; group < runs; group++) await store.invalidate(group); }`,
    { store },
    // Correct by construction: the source is a function of this parameter.
  ) as Candidate["batch"];
  let invalidated = 0;
  return {
    name: candidate.name,
    async batch(runs) {
      invalidated = runs;
      await invalidate(runs);
    },
    prepare() {
      for (const group of groups.slice(0, invalidated)) for (const entry of group) store.refresh(entry);
    },
    maxRuns: GROUPS,
  };
}

function makeFill(): (store: Store, entries: readonly Entry[]) => void {
  const source = `(store, entries) => { for (let at = 0; at < entries.length; at++) store.set(entries[at]); }`;
  // Correct by construction: the source is a function of these parameters.
  return makeFunction(source) as (store: Store, entries: readonly Entry[]) => void;
}

// oxlint-disable no-await-in-loop -- what is counted must not run at the same time.
import { isDeepStrictEqual } from "node:util";
import { ITEM, stubFetch } from "./api.ts";
import { candidatesOf } from "./candidates.ts";
import type { ClientCandidate, StubFetch } from "./client-candidate.ts";
import { CONCURRENT_READS, KEYS, type ReadCase, readCases, storeCases } from "./client-case.ts";
import { createEntries, GROUPS } from "./entries.ts";

const ID = 77;
const GROUP = 7;
const READS = 3;

/**
 * Reads through every candidate of every case and compares what it gives and how often it fetches; fills every
 * cache and counts what an invalidation meets.
 *
 * @returns A sentence that says what was found equal. Throws at the first difference.
 */
export async function checkCandidates(): Promise<string> {
  for (const readCase of readCases)
    for (const candidate of candidatesOf(readCase)) await checkReads(candidate, readCase);
  const [storeCase] = storeCases;
  const stores = candidatesOf(storeCase!);
  for (const candidate of stores) await checkStore(candidate, storeCase!.entries);
  const names = new Set(readCases.flatMap(candidatesOf).map(({ name }) => name));
  return [
    `Checked: ${[...names].join(", ")} give the same data for equally many fetches in ${readCases.length} cases of reads;`,
    `${stores.map(({ name }) => name).join(", ")} invalidate the same share of their entries.`,
  ].join(" ");
}

/** Reads through one candidate, and counts its fetches. */
export async function checkReads(candidate: ClientCandidate, readCase: ReadCase): Promise<void> {
  const urls: string[] = [];
  const fetch: StubFetch = (input, init) => {
    urls.push(String(input instanceof Request ? input.url : input));
    return stubFetch(input, init);
  };
  const { readItem, clear } = candidate.createReader(readCase, fetch);
  const fail = (what: string, found: unknown) => {
    throw new Error(`${candidate.name}, ${readCase.title}: ${what} ${JSON.stringify(found)}`);
  };

  for (let read = 0; read < READS; read++) {
    const item = await readItem(ID);
    if (!isDeepStrictEqual(item, ITEM)) fail("reads", item);
  }
  if (!urls.every((url) => url.includes(String(ID)))) fail(`fetches another item than ${ID}:`, urls);
  if (urls.length !== (readCase.kind === "uncached" ? READS : 1)) fail("fetches", urls);
  if (readCase.kind !== "concurrent") return;

  clear();
  urls.length = 0;
  await Promise.all(Array.from({ length: CONCURRENT_READS }, (_, count) => readItem(count % KEYS)));
  if (urls.length !== KEYS) fail("fetches so many times:", urls.length);
}

async function checkStore({ name, createStore }: ClientCandidate, count: number): Promise<void> {
  const groups = createEntries(count);
  const store = createStore!();
  for (const entry of groups.flat()) store.set(entry);
  const stale = [store.countStale()];
  await store.invalidate(GROUP);
  stale.push(store.countStale());
  for (const entry of groups[GROUP]!) store.refresh(entry);
  stale.push(store.countStale());
  if (!isDeepStrictEqual(stale, [0, count / GROUPS, 0]))
    throw new Error(`${name} has ${stale.join(", ")} stale entries of ${count}`);
}

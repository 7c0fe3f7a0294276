// @ts-expect-error Node's types stay out of this program, so that `tsc` refuses sources that use a host.
import { execFile } from "node:child_process";
// @ts-expect-error As above.
import { execPath } from "node:process";
import { beforeAll, expect, it } from "vitest";
import { KEPT_KEYS, type HeapGrowth } from "../test-support/heap-growth.ts";

const REQUESTS = 100_000;
const MAX_GROWTH = 2 * 2 ** 20;

let growth: HeapGrowth;

// In a process of its own, which nothing but the client fills, and which may ask for a collection.
beforeAll(async () => {
  const script = new URL("../test-support/heap-growth.ts", import.meta.url).href;
  const code = `
    import { measureHeapGrowth } from ${JSON.stringify(script)};
    console.log(JSON.stringify(await measureHeapGrowth(${REQUESTS})));
  `;
  const output = await new Promise<string>((resolve, reject) => {
    const settle = (error: Error | null, stdout: string) => (error ? reject(error) : resolve(stdout));
    execFile(execPath, ["--expose-gc", "--input-type=module", "--eval", code], settle);
  });
  growth = JSON.parse(output) as HeapGrowth;
}, 120_000);

it("leaves the heap as it was after many requests of every kind", () => {
  expect(growth.requests).toBeGreaterThanOrEqual(REQUESTS);
  expect(sum(growth.bytes)).toBeLessThan(MAX_GROWTH);
});

it("grows by no kind of requests", () => {
  const grown = Object.entries(growth.bytes).filter(([, bytes]) => bytes > MAX_GROWTH / 4);
  expect(grown).toEqual([]);
});

it("holds the data of the keys that were read, and nothing under way", () => {
  expect(growth.entries).toBe(KEPT_KEYS);
  expect(growth.fetching).toBe(0);
});

// What the host gives back meanwhile must not make up for what is lost.
const sum = (bytes: HeapGrowth["bytes"]) =>
  Object.values(bytes).reduce((total, grown) => total + Math.max(0, grown), 0);

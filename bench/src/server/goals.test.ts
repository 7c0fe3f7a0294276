import { expect, it } from "vitest";
import { serverGoals } from "./goals.ts";
import type { LoadResult } from "./measure-load.ts";

const figure = [
  {
    "node:http": { rounds: [100, 200] },
    "@x/server": { rounds: [110, 220] },
    fastify: { rounds: [220, 440] },
  },
];
const loads = new Map<string, LoadResult>([["post", { cpu: figure, elapsed: [], p50: [], p99: [] }]]);
const starts = new Map(
  [
    { name: "node:http", elapsedMs: [50, 90] },
    { name: "@x/server", elapsedMs: [60, 104] },
    { name: "@x/server from files", elapsedMs: [100, 100] },
  ].map(({ name, elapsedMs }) => [name, elapsedMs.map((ms) => ({ elapsedMs: ms, cpuMs: 0 }))]),
);

it("takes CPU time as a ratio, and starts as milliseconds beyond the bare server's of the same round", () => {
  const medians = serverGoals(loads, starts).map(({ measured }) => Number(measured.median.toFixed(6)));
  expect(medians).toEqual([1.1, 0.5, 12, 30]);
});

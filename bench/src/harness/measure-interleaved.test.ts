import { expect, it } from "vitest";
import { measureInterleaved } from "./measure-interleaved.ts";

const settings = { rounds: 4, warmUpMs: 3, batchMs: 0.01 };

it("prepares each batch, and asks for no more runs than that was enough for", async () => {
  const log: (string | number)[] = [];
  const candidate = {
    name: "sorting",
    maxRuns: 3,
    prepare: () => void log.push("prepared"),
    batch: async (runs: number) => void log.push(runs),
  };
  const { sorting } = await measureInterleaved([candidate], settings);
  expect(sorting!.rounds).toHaveLength(4);
  expect(log.filter((_, at) => at % 2 === 0).every((entry) => entry === "prepared")).toBe(true);
  expect(Math.max(...log.filter((entry) => typeof entry === "number"))).toBeLessThanOrEqual(3);
});

it("counts no bytes where a batch has a greatest size", async () => {
  const { one } = await measureInterleaved([{ name: "one", maxRuns: 1, batch: async () => {} }], settings);
  expect(one).not.toHaveProperty("bytes");
});

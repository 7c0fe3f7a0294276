import { describe, it } from "vitest";
import { play } from "./play.ts";
import { PLUGIN_NAMES } from "./plugins.ts";

const SEEDS = 4;

/** Another one for each pair, so that all of them together see more. */
const seedOf = (pair: number, nth: number) => 1 + pair * SEEDS + nth;

describe("every pair of plugins, through random events", () => {
  const pairs = PLUGIN_NAMES.flatMap((one, at) =>
    PLUGIN_NAMES.slice(at + 1).map((other) => [one, other] as const),
  );
  it.each(pairs.map(([one, other], at) => [one, other, at] as const))("%s and %s", async (one, other, at) => {
    for (let nth = 0; nth < SEEDS; nth += 1) await play([one, other], seedOf(at, nth));
  });
});

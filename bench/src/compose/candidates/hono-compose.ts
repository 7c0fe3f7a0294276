import type { BenchContext } from "../bench-context.ts";
import type { BenchChain, ComposeCandidate } from "../compose-candidate.ts";
import type { BenchStep } from "../make-steps.ts";

/** Where Hono's compose is: Hono uses it inside and does not export it. */
export const HONO_COMPOSE = new URL("./compose.js", import.meta.resolve("hono"));

// Hono types it for its own context; this is the part of it that it uses.
const { compose } = (await import(HONO_COMPOSE.href)) as {
  compose(middleware: readonly (readonly [readonly [BenchStep, unknown], unknown])[]): BenchChain;
};

/** Hono's router hands over pairs, and a value goes to `context.res` instead of being returned. */
export const honoCompose: ComposeCandidate = {
  name: "hono compose",
  form: "next",
  leavesOut: ({ observed }) => (observed ? "has no observer" : undefined),
  compose: (steps) => compose(steps.map((step) => [[step, undefined], undefined] as const)),
  valueOf: (_, context: BenchContext) => context.res,
};

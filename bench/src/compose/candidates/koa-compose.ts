import compose from "koa-compose";
import type { BenchContext } from "../bench-context.ts";
import type { ComposeCandidate } from "../compose-candidate.ts";

/** The contract that ours keeps. */
export const koaCompose: ComposeCandidate = {
  name: "koa-compose",
  form: "next",
  leavesOut: ({ observed }) => (observed ? "has no observer" : undefined),
  compose: (steps) => compose<BenchContext>(steps),
  valueOf: (settled) => settled,
};

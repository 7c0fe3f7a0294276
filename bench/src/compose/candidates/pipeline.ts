import { compose } from "@x/pipeline";
import type { BenchContext } from "../bench-context.ts";
import type { ComposeCandidate } from "../compose-candidate.ts";

/** Ours, as it is built and published. */
export const pipeline: ComposeCandidate = {
  name: "@x/pipeline",
  form: "next",
  leavesOut: ({ observed }) => (observed ? "takes part with an observer" : undefined),
  compose: (steps) => compose<BenchContext, unknown>(steps),
  valueOf: (settled) => settled,
};

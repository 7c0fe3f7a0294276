import type { BenchChain, ComposeCandidate } from "../compose-candidate.ts";
import { makeFunction } from "../../harness/make-function.ts";

/**
 * The limit: the calls written out for each chain, with no guard at all. It returns what the first step returns
 * and passes on what it throws.
 */
export const handNested: ComposeCandidate = {
  name: "hand-nested",
  form: "next",
  leavesOut: () => undefined,
  compose(steps) {
    const names = steps.map((_, position) => `s${position}`);
    const calls = names.reduceRight((inner, name) => `${name}(context, () => ${inner})`, "core(context)");
    const values = Object.fromEntries(steps.map((step, position) => [names[position], step]));
    // Correct by construction: the source is a function of these parameters.
    return makeFunction(`(context, core) => ${calls}`, values) as BenchChain;
  },
  valueOf: (settled) => settled,
};

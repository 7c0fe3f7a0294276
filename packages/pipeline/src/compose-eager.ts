import { createChain } from "./create-chain.ts";
import type { Attribution, EagerChain, Steps } from "./types.ts";

/**
 * Composes as `compose` does, for who can go on at once: what the chain has answered without waiting for anything is
 * returned as it is, and not in a promise. A failure always comes as a rejection.
 *
 * @throws PipelineError as `compose` does.
 *
 * @example
 * ```ts
 * import { composeEager } from "@x/pipeline";
 *
 * const known = new Map([["a", 1]]);
 * const run = composeEager<{ key: string }, number>([
 *   ({ key }, next) => known.get(key) ?? next(),
 * ]);
 * console.log(run({ key: "a" }, async () => 2)); // 1
 * console.log(await run({ key: "b" }, async () => 2)); // 2
 * ```
 */
export function composeEager<Context, Result>(
  steps: Steps<Context, Result>,
  attribution?: Attribution,
): EagerChain<Context, Result> {
  return createChain(steps, attribution, true) as EagerChain<Context, Result>;
}

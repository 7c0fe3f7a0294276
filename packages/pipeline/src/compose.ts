import { createChain } from "./create-chain.ts";
import type { Attribution, Chain, Steps } from "./types.ts";

/**
 * Composes steps into one function, by Koa's contract: they run in order, each may act before and after
 * `await next()`, change the result, or return early; the core runs innermost. What is thrown, even
 * synchronously, becomes a rejection. A chain is itself a step and a core, so chains nest.
 *
 * @returns A function of the context and the core, which resolves to what the outermost step returned.
 * @throws PipelineError `INVALID_STEPS` at once when the argument is no array, or holds something that is
 * neither a function nor a `StepDefinition`. A run rejects with `NEXT_CALLED_MULTIPLE_TIMES` when a step calls
 * `next()` again (a repeatable one: before the previous call settled), with `NEXT_CALLED_LATE` when a step
 * first calls it after the chain settled, with `NEXT_NOT_AWAITED` when the chain resolves while its core is
 * running, and with `INVALID_RESULT` when a step returns what `attribution` does not accept. Each names the step to
 * blame.
 *
 * @example
 * ```ts
 * import { compose } from "@x/pipeline";
 *
 * const run = compose<{ user?: string }, string>([
 *   async function shout(context, next) {
 *     return (await next()).toUpperCase();
 *   },
 *   function auth(context, next) {
 *     return context.user ? next() : "who are you?";
 *   },
 * ]);
 * console.log(await run({ user: "Ada" }, ({ user }) => `hello ${user}`)); // HELLO ADA
 * ```
 */
export function compose<Context, Result>(
  steps: Steps<Context, Result>,
  attribution?: Attribution,
): Chain<Context, Result> {
  // Without a core, a chain may end in `undefined`, as its type says.
  return createChain(steps, attribution) as Chain<Context, Result>;
}

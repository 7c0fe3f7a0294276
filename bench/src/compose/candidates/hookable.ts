import { createHooks } from "hookable";
import type { BenchContext } from "../bench-context.ts";
import type { ComposeCandidate } from "../compose-candidate.ts";

/** Runs hooks one after the other: an easier task, shown for orientation. */
export const hookable: ComposeCandidate = {
  name: "hookable",
  form: "hook",
  note: "no next; serial hooks, of which the core is the last; each call makes a `console.createTask`",
  leavesOut({ observed, early, kind, length }) {
    if (observed) return "has no observer of single hooks";
    if (early) return "a hook cannot end the series early, except by throwing";
    if (kind === "plain" && length > 0) return "a hook has no `next()` whose promise it could pass on";
    return undefined;
  },
  compose(steps, core) {
    const hooks = createHooks<{ run: (context: BenchContext) => Promise<void> }>();
    // The steps were made as hooks: asynchronous, and without `next`.
    for (const step of [...steps, core]) hooks.hook("run", step as (context: BenchContext) => Promise<void>);
    return (context) => hooks.callHook("run", context);
  },
  // Hooks give no value; that the core ran is in the trace.
  valueOf: (_, context) => context.value,
};

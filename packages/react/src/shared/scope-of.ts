import type { HookScope } from "./hook-scope.ts";

/** What hooks have in common, for a hook that is not among them. */
export function scopeOf(hooks: { readonly "~scope": object }): HookScope {
  // `createHooks` puts nothing else there; its public type just does not say so.
  return hooks["~scope"] as HookScope;
}

import type { Runtime } from "../client/runtime-types.ts";

/** What the parts of a client share, for an operation that is not among its methods. */
export function runtimeOf(client: { readonly "~runtime": object }): Runtime {
  // Clients carry nothing else there; their public type just does not say so.
  return client["~runtime"] as Runtime;
}

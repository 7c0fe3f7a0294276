export { createSuspenseHooks } from "./create-suspense-hooks.ts";
export type { SuspenseHooks, SuspenseReadResult, UseSuspenseRead } from "./suspense-hook-types.ts";

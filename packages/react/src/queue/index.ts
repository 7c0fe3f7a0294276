export { createQueueHook } from "./create-queue-hook.ts";
export type { QueueResult, UseQueue } from "./queue-hook-types.ts";

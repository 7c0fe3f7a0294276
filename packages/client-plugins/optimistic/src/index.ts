export { defineUpdate, type DefinedUpdate } from "./define-update.ts";
export type { OptimisticErrorCode } from "./errors.ts";
export {
  optimistic,
  type OptimisticOptions,
  type OptimisticTarget,
  type OptimisticTypes,
  type OptimisticUpdate,
} from "./optimistic.ts";
export type { TaggedData } from "./tagged-data.ts";

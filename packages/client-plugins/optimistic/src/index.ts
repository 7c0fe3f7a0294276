export { defineUpdate } from "./define-update.ts";
export type { OptimisticErrorCode } from "./errors.ts";
export {
  optimistic,
  type OptimisticOptions,
  type OptimisticTarget,
  type OptimisticTypes,
  type OptimisticUpdate,
} from "./optimistic.ts";

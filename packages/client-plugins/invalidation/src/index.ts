export {
  invalidation,
  type Invalidate,
  type InvalidationConfig,
  type InvalidationInternal,
  type InvalidationMethods,
  type InvalidationOptions,
  type InvalidationTypes,
} from "./invalidation.ts";

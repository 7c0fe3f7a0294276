export type { IdempotencyErrorCode } from "./errors.ts";
export { idempotency } from "./idempotency.ts";
export type {
  IdempotencyConfig,
  IdempotencyMeta,
  IdempotencyOptions,
  IdempotencyStorage,
  IdempotencyTypes,
} from "./types.ts";

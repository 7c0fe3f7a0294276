export { debounce, type DebounceConfig, type DebounceOptions, type DebounceTypes } from "./debounce.ts";
export type { DebounceErrorCode } from "./errors.ts";

export type { NextErrorCode } from "./errors.ts";
export { next } from "./next.ts";
export type {
  NextConfig,
  NextFetchOptions,
  NextOptions,
  NextTypes,
  RevalidatedPath,
  ServerRevalidation,
} from "./types.ts";

export { auth, type AuthConfig, type AuthOptions, type AuthTypes } from "./auth.ts";
export type { AuthErrorCode } from "./errors.ts";
export type { Locks } from "./locks.ts";
export type { RefreshContext } from "./refresher.ts";

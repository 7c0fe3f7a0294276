export { assertUser, type UserWithRoles } from "./assert-user.ts";
export type {
  AuthConfig,
  AuthOptions,
  CookieTokenConfig,
  JwksConfig,
  PublicJwk,
  PublicKey,
  SigningAlgorithm,
} from "./auth-config.ts";
export { AuthPlugin, AuthPlugin as default } from "./auth-plugin.ts";
export type { AuthErrorCode } from "./errors.ts";
export type { AuthTypes, CurrentUser, TokenClaims, TokenUser } from "./types.ts";

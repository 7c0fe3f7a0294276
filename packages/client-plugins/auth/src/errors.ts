/** The codes that this plugin adds. */
export type AuthErrorCode = "REFRESH_FAILED";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<AuthErrorCode, true> {}
}

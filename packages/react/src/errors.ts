/** The codes that the hooks add to those of the client. */
export type ReactErrorCode = "NO_CLIENT";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<ReactErrorCode, true> {}
}

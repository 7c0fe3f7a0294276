/** The codes that this plugin adds. */
export type DebounceErrorCode = "SUPERSEDED";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<DebounceErrorCode, true> {}
}

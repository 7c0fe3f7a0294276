/** The codes that this plugin adds. */
export type PersistErrorCode = "PERSIST_FAILED";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<PersistErrorCode, true> {}
}

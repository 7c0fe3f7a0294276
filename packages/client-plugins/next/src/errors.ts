/** The codes that this plugin adds. */
export type NextErrorCode = "NEXT_REVALIDATE_FAILED";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<NextErrorCode, true> {}
}

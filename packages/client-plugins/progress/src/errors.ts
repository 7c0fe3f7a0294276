/** The codes that this plugin adds. */
export type ProgressErrorCode = "PROGRESS_UNAVAILABLE";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<ProgressErrorCode, true> {}
}

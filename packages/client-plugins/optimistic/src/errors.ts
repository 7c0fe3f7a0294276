/** The codes that this plugin adds. */
export type OptimisticErrorCode = "UPDATE_THREW";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<OptimisticErrorCode, true> {}
}

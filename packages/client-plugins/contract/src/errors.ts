/** The codes that this plugin adds. */
export type ContractErrorCode = "CONTRACT_SKEW";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<ContractErrorCode, true> {}
}

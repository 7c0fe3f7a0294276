/** What is reported to the client's `onError`. No request fails over it. */
export type InitialDataErrorCode = "INITIAL_DATA_THREW";

declare module "@x/client" {
  interface ClientErrorCodeRegistry {
    INITIAL_DATA_THREW: true;
  }
}

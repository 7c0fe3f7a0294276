/** What is reported to the client's `onError`. No request fails over it. */
export type IdempotencyErrorCode = "IDEMPOTENCY_STORAGE_FAILED";

declare module "@x/client" {
  interface ClientErrorCodeRegistry {
    IDEMPOTENCY_STORAGE_FAILED: true;
  }
}

/** Short, and of characters that neither a log line nor a header can be broken with. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** Tells whether what a caller calls an id may stand in logs and headers. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && REQUEST_ID.test(value);
}

export function createRequestId(): string {
  return crypto.randomUUID();
}

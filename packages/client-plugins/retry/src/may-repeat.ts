import type { RequestContext } from "@x/client";

/** Sent twice, they do what they do once (RFC 9110, section 9.2.2). */
const IDEMPOTENT_METHODS = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
const NOTE = "retry:idempotent";

/** Whether a request can be sent again, and does no harm or was asked to. */
export function mayRepeat(
  {
    method,
    operationType,
    request,
    temp,
  }: Pick<RequestContext, "method" | "operationType" | "request" | "temp">,
  askedFor: boolean,
): boolean {
  // The first attempt has read it.
  if (request.body instanceof ReadableStream) return false;
  return (
    askedFor ||
    // A search by POST may be declared a read.
    operationType === "read" ||
    IDEMPOTENT_METHODS.has(method.toUpperCase()) ||
    temp.has(NOTE) ||
    Object.entries(request.headers).some(
      ([name, value]) => name.toLowerCase() === "idempotency-key" && value !== undefined,
    )
  );
}

/** Notes in a request's scratch space that it may be repeated. */
export function noteIdempotent(temp: Map<string, unknown>): void {
  temp.set(NOTE, true);
}

/** The unread body of a request. An adapter makes one for each request that can have a body. */
export interface BodySource {
  readonly [BODY_SOURCE]: true;
  /**
   * The whole body. It rejects with an `HttpError` 413 as soon as it is over `maxBytes`, 408 when it does not arrive
   * in time, and 400 when the client leaves before its end.
   */
  bytes(maxBytes: number): Promise<Uint8Array>;
  /** The body as it arrives, for what parses while it reads. The same limit errors the stream. */
  stream(maxBytes: number): ReadableStream<Uint8Array>;
}

/** Tells a body source from the values that tests and platforms give as a body. */
export const BODY_SOURCE = Symbol.for("@x/server/body-source");

export function isBodySource(value: unknown): value is BodySource {
  return typeof value === "object" && value !== null && BODY_SOURCE in value;
}

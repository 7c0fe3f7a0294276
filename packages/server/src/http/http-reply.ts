/** A finished HTTP response, which adapters write to the wire. */
export interface HttpReply {
  readonly status: number;
  /** Names in lower case; an array is sent as several lines. */
  readonly headers: Record<string, string | string[]>;
  /** Text and bytes go out in one write with a content-length; `null` is no body. */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
}

/** The codes that these adapters add. */
export type SubscribeErrorCode =
  "MESSAGE_TOO_LARGE" | "SOCKET_CLOSED" | "STREAM_UNAVAILABLE" | "UNEXPECTED_CONTENT_TYPE";

declare module "@x/client" {
  interface ClientErrorCodeRegistry extends Record<SubscribeErrorCode, true> {}
}

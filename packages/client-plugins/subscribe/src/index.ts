export type { SubscribeErrorCode } from "./errors.ts";
export { fetchStream, type FetchStreamOptions, type StreamFormat } from "./fetch-stream.ts";
export { serverSentEvents, type ServerSentEventsOptions } from "./server-sent-events.ts";
export { webSocket, type WebSocketOptions } from "./web-socket.ts";

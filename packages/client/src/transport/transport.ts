/** What a transport sends. The URL is complete, the headers are merged, the body is encoded. */
export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  // Node's types have no global `BodyInit`.
  readonly body: NonNullable<RequestInit["body"]> | undefined;
  /** Aborts when the caller, the timeout or the last sharer of the fetch gives up. */
  readonly signal: AbortSignal | undefined;
  /** How the caller wants the body read. By default the response's content type decides. */
  readonly responseType: ResponseType | undefined;
  /** What `fetch` is given beside all that, such as `cache`, or what a framework understands. */
  readonly fetchInit?: object | undefined;
}

/** What a transport received. `data` is the parsed body, of a failure too. */
export interface TransportResponse {
  readonly status: number;
  /** Values by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/**
 * Sends one request. It resolves for every status and rejects when there was no usable response, with a
 * `ClientError` where it can tell why; any other rejection becomes a `NETWORK_ERROR`.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** How to read a response's body. `stream` gives the `ReadableStream` itself. */
export type ResponseType = "json" | "text" | "blob" | "arrayBuffer" | "formData" | "stream";

import { readBody, type Transport, type TransportRequest, type TransportResponse } from "@x/client";
import { countBytes, type OnProgress } from "./transfer-progress.ts";

/**
 * Sends a request for its body as a stream, counts that, and reads it as the request wants it. `onUnavailable` is called
 * when the transport gives no stream.
 */
export async function sendCountingDownload(
  send: Transport,
  request: TransportRequest,
  onProgress: OnProgress,
  onUnavailable: () => void,
): Promise<TransportResponse> {
  const response = await send({ ...request, responseType: "stream" });
  const { status, headers = {}, data } = response;
  if (!(data instanceof ReadableStream)) {
    // A failure comes parsed, and nothing at all needs no counting.
    if (data !== undefined && status < 400) onUnavailable();
    return response;
  }
  // What arrives compressed is counted decompressed, and the length is of the former.
  const length = headers["content-encoding"] ? undefined : headers["content-length"];
  const body = countBytes(data, length === undefined ? undefined : Number(length), onProgress);
  const counted = new Response(body, { status, headers: withoutLength(headers) });
  return { ...response, data: await readBody(counted, request.responseType, undefined) };
}

/** `Response` is told of its type alone: it has the body itself, decompressed already. */
function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  const type = headers["content-type"];
  return type === undefined ? {} : { "content-type": type };
}

import type { TransportRequest } from "@x/client";
import { countBytes, type OnProgress } from "./transfer-progress.ts";

/** Whether `fetch` takes a stream as the body of a request, whatever the connection. */
export function canStreamUploads(): boolean {
  // Browsers do so over HTTP/2 and later, which nobody knows beforehand; then the request itself would fail.
  return (
    typeof XMLHttpRequest === "undefined" && !("ServiceWorkerGlobalScope" in globalThis) && takesStreams()
  );
}

function takesStreams(): boolean {
  let asked = false;
  try {
    const init = {
      method: "POST",
      body: new ReadableStream(),
      // Who does not know streams does not ask for this, and sends the text "[object ReadableStream]".
      get duplex() {
        asked = true;
        return "half" as const;
      },
    };
    return !new Request("http://upload.invalid/", init).headers.has("content-type") && asked;
  } catch {
    return false;
  }
}

/** The same request with its body as a stream whose bytes are counted as they are taken. */
export function withCountedBody(request: TransportRequest, onProgress: OnProgress): TransportRequest {
  const { body, headers } = request;
  if (body === undefined) return request;
  if (body instanceof ReadableStream) return { ...request, body: countBytes(body, undefined, onProgress) };
  // A request knows the content type of what it is given, and makes a stream of it.
  const made = new Request("http://upload.invalid/", { method: "POST", body });
  const type = made.headers.get("content-type");
  const totalBytes = sizeOf(body);
  return {
    ...request,
    headers: {
      ...(type === null ? {} : { "content-type": type }),
      // Otherwise the body would be sent in chunks, which some servers refuse.
      ...(totalBytes === undefined ? {} : { "content-length": String(totalBytes) }),
      ...headers,
    },
    body: countBytes(made.body!, totalBytes, onProgress),
  };
}

/** A form's size is known when it has been written. */
function sizeOf(body: Exclude<TransportRequest["body"], undefined | ReadableStream>): number | undefined {
  if (body instanceof FormData) return undefined;
  return new Blob([body instanceof URLSearchParams ? body.toString() : body]).size;
}

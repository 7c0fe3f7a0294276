import { readBody, type TransportRequest, type TransportResponse } from "@x/client";
import type { OnProgress } from "./transfer-progress.ts";

/** Who wants to know how far an exchange is. */
export interface ProgressListeners {
  readonly onUpload: OnProgress | undefined;
  readonly onDownload: OnProgress | undefined;
}

/** Statuses whose responses have no body, and for which `Response` takes none. */
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** Sends a request by `XMLHttpRequest`, the one way in which browsers tell of uploads. */
export function sendByXhr(
  request: TransportRequest,
  { onUpload, onDownload }: ProgressListeners,
  withCredentials: boolean,
): Promise<TransportResponse> {
  const { method, url, headers, body, signal, responseType } = request;
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const onAbort = () => {
      xhr.abort();
      reject(signal?.reason);
    };
    xhr.open(method, url);
    xhr.responseType = "arraybuffer";
    xhr.withCredentials = withCredentials;
    for (const name in headers) xhr.setRequestHeader(name, headers[name]!);
    if (onUpload) xhr.upload.addEventListener("progress", (event) => onUpload(toProgress(event)));
    if (onDownload) xhr.addEventListener("progress", (event) => onDownload(toProgress(event)));
    xhr.addEventListener("load", () => resolve(toResponse(xhr, responseType)));
    xhr.addEventListener("error", () => reject(new TypeError(`the request to ${url} failed`)));
    xhr.addEventListener("loadend", () => signal?.removeEventListener("abort", onAbort));
    signal?.addEventListener("abort", onAbort, { once: true });
    // It takes whatever `fetch` takes, but streams, and those are not sent by it.
    xhr.send(body as XMLHttpRequestBodyInit | undefined);
  });
}

function toProgress({ loaded, total, lengthComputable }: ProgressEvent) {
  return { transferredBytes: loaded, totalBytes: lengthComputable ? total : undefined };
}

async function toResponse(
  xhr: XMLHttpRequest,
  responseType: TransportRequest["responseType"],
): Promise<TransportResponse> {
  const { status } = xhr;
  const headers = readHeaders(xhr.getAllResponseHeaders());
  // As `responseType` says.
  const body = NO_BODY.has(status) ? null : (xhr.response as ArrayBuffer);
  const response = new Response(body, { status, headers: { "content-type": headers["content-type"] ?? "" } });
  return { status, headers, data: await readBody(response, responseType, undefined) };
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split("\r\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

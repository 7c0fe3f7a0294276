import { ClientError, messageOf } from "../errors.ts";
import type { TransportRequest } from "./transport.ts";

/** A body as it is sent, with the content type that it needs, if `fetch` does not know it by itself. */
export interface EncodedBody {
  readonly body: TransportRequest["body"];
  readonly contentType: string | undefined;
}

/**
 * Encodes a body: what `fetch` can send goes as it is (text, forms, URL parameters, blobs, buffers, streams),
 * everything else as JSON. A plugin that compares requests can tell by it whether two would send the same.
 *
 * @throws ClientError `INVALID_BODY` for what JSON cannot hold, such as a circular structure, a BigInt or a function.
 */
export function encodeBody(body: unknown): EncodedBody {
  if (body === undefined || isSendable(body)) return { body, contentType: undefined };
  return { body: toJson(body), contentType: "application/json" };
}

function toJson(body: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body);
  } catch (cause) {
    throw new ClientError("INVALID_BODY", `the body cannot be written as JSON: ${messageOf(cause)}`, {
      cause,
    });
  }
  if (json === undefined)
    throw new ClientError("INVALID_BODY", `the body cannot be written as JSON: it is a ${typeof body}`);
  return json;
}

function isSendable(body: unknown): body is NonNullable<TransportRequest["body"]> {
  return (
    typeof body === "string" ||
    ArrayBuffer.isView(body) ||
    [FormData, URLSearchParams, Blob, ArrayBuffer, ReadableStream].some((type) => body instanceof type)
  );
}

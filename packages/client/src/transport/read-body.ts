import { ClientError } from "../errors.ts";
import type { ResponseType } from "./transport.ts";

/**
 * Reads a response's body by its content type, or as the caller wants it. An empty body is `undefined`.
 *
 * @throws ClientError `INVALID_JSON` when JSON was announced or asked for and something else came,
 * `RESPONSE_TOO_LARGE` over `maxBytes`, and `NETWORK_ERROR` where there is no response.
 */
export async function readBody(
  response: Response,
  wanted: ResponseType | undefined,
  maxBytes: number | undefined,
): Promise<unknown> {
  // A handler in this process is not held to its type by anyone.
  if (!(response instanceof Response)) throw new ClientError("NETWORK_ERROR", "the handler gave no Response");
  if (!response.body || response.headers.get("content-length") === "0") return undefined;
  const type = response.headers.get("content-type") ?? "";
  const body = maxBytes === undefined ? response : await limited(response, maxBytes);
  // A failure tells what went wrong in its own format, not in the one that was wanted of a success.
  const format = wanted && response.ok ? wanted : formatOf(type);
  if (format === "stream") return body.body;
  if (format === "json") return parseJson(await body.text(), response.status, type);
  const data = await body[format]();
  return data === "" || (data instanceof Blob && data.size === 0) ? undefined : data;
}

function formatOf(contentType: string): ResponseType {
  if (/[/+]json\b/i.test(contentType)) return "json";
  if (contentType === "" || /^text\/|[/+]xml\b|^application\/javascript/i.test(contentType)) return "text";
  return /^multipart\/form-data|^application\/x-www-form-urlencoded/i.test(contentType) ? "formData" : "blob";
}

function parseJson(text: string, status: number, type: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `a response with status ${status} and content type "${type}" is no JSON`;
    throw new ClientError("INVALID_JSON", message, { status, body: text, cause });
  }
}

/** The same response, its body cut off with an error after `maxBytes`. */
async function limited(response: Response, maxBytes: number): Promise<Response> {
  const tooLarge = () =>
    new ClientError("RESPONSE_TOO_LARGE", `the response is larger than ${maxBytes} bytes`, {
      status: response.status,
    });
  if (Number(response.headers.get("content-length")) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  let bytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge();
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body!.pipeThrough(counter), { headers: response.headers });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpReply } from "../../http/http-reply.ts";
import { isStream } from "../is-stream.ts";
import { pumpStream } from "./pump-stream.ts";

/** How long a client that is not to send any more may go on sending before its connection is closed. */
const LINGER_MS = 1_000;

/** How a reply is to be written. */
export interface WriteOptions {
  /** Whether the connection ends with the response. */
  readonly close: boolean;
  /** Whether the client may still be sending what nobody reads. */
  readonly linger: boolean;
}

/**
 * Writes a reply: text and bytes at once, a stream bit by bit.
 *
 * @returns A promise where there is something to wait for. It rejects with what a stream failed with.
 * @throws What Node says of a header or a status that cannot be sent. Nothing is sent then.
 */
export function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: HttpReply,
  { close, linger }: WriteOptions,
): Promise<void> | undefined {
  const { status, headers, body } = reply;
  if (status < 200) throw new RangeError(`${status} is no status of a response`);
  if (close) response.shouldKeepAlive = false;
  const bodiless = status === 204 || status === 304 || request.method === "HEAD";
  if (status === 204) delete headers["content-length"];
  else if (!isStream(body) && !bodiless)
    headers["content-length"] ??= `${body === null ? 0 : Buffer.byteLength(body)}`;
  response.writeHead(status, headers);
  if (isStream(body)) {
    if (!bodiless) return pumpStream(body, response);
    response.end();
    return body.cancel();
  }
  if (linger) return endLingering(request, response, body);
  response.end(bodiless ? null : body);
  return undefined;
}

/**
 * Ends the response once the client has stopped sending. A connection that is closed before that is reset, and the
 * client may lose the response over it.
 */
async function endLingering(
  request: IncomingMessage,
  response: ServerResponse,
  body: string | Uint8Array | null,
): Promise<void> {
  if (body !== null) response.write(body);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LINGER_MS);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    request.once("end", stop).once("close", stop);
    response.once("close", stop);
  });
  response.end();
}

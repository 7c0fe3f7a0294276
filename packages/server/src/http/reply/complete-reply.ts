import { addCorsHeaders } from "../cors/cors-headers.ts";
import type { Exchange } from "../exchange.ts";
import type { HttpReply } from "../http-reply.ts";
import { addEntityTag, toConditionalReply } from "./conditional.ts";
import { isSuccessHeader } from "./header-rules.ts";
import { addLines, discardBody } from "./to-reply.ts";

/**
 * Adds what every reply has, whatever its value: cookies, the session's among them, CORS, and the tag of its body.
 *
 * @returns A promise only where a session or a tag takes one.
 */
export function completeReply(reply: HttpReply, exchange: Exchange): HttpReply | Promise<HttpReply> {
  const isTagged = exchange.settings.etag && exchange.method === "GET";
  return exchange.needsSeal || isTagged
    ? completeLater(reply, exchange, isTagged)
    : addHeaders(reply, exchange);
}

/**
 * Adds to an error what was said of the reply before it, except for what was said of a success. An opaque one sets no
 * cookie: nothing says that the work was done that a cookie or a session stands for.
 */
export function completeErrorReply(
  reply: HttpReply,
  exchange: Exchange,
  isOpaque: boolean,
): HttpReply | Promise<HttpReply> {
  const { headers } = reply;
  for (const name in exchange.draft.headers) {
    const value = exchange.draft.headers[name];
    if (name === "set-cookie") {
      if (!isOpaque) addLines(headers, name, value);
    } else if (value !== undefined && !isSuccessHeader(name)) headers[name] ??= value;
  }
  if (!isOpaque) return completeReply(reply, exchange);
  addCors(reply, exchange);
  return reply;
}

async function completeLater(reply: HttpReply, exchange: Exchange, isTagged: boolean): Promise<HttpReply> {
  try {
    await exchange.seal();
    if (isTagged) await addEntityTag(reply);
    return addHeaders(reply, exchange);
  } catch (error) {
    discardBody(reply.body);
    throw error;
  }
}

function addHeaders(reply: HttpReply, exchange: Exchange): HttpReply {
  addLines(reply.headers, "set-cookie", exchange.setCookieLines);
  addCors(reply, exchange);
  return exchange.method === "GET" ? toConditionalReply(reply, exchange.headers) : reply;
}

function addCors({ headers }: HttpReply, { settings, headers: requestHeaders }: Exchange): void {
  if (settings.cors) addCorsHeaders(headers, settings.cors, requestHeaders);
}

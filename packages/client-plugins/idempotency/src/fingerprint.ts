import { encodeBody, type RequestContext } from "@x/client";

/**
 * A short text that is equal for writes that send the same to the same place, or `undefined` when the body cannot be
 * compared without sending it. It tells nobody what is in the body.
 */
export function fingerprintOf({
  queryKey,
  request,
}: Pick<RequestContext, "queryKey" | "request">): string | undefined {
  try {
    const { body = "", contentType = "" } = encodeBody(request.body);
    const isText = typeof body === "string" || body instanceof URLSearchParams;
    return isText ? hash(`${queryKey} ${contentType} ${body}`) : undefined;
  } catch {
    // The client will say what is wrong with it.
    return undefined;
  }
}

/** FNV-1a (Fowler, Noll, Vo) beside a polynomial hash, and the length. It is no secret, only seldom the same for two. */
function hash(text: string): string {
  let fnv = 0x811c9dc5;
  let polynomial = 7;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    fnv = Math.imul(fnv ^ unit, 0x01000193);
    polynomial = (Math.imul(polynomial, 31) + unit) | 0;
  }
  return [text.length, fnv >>> 0, polynomial >>> 0].map((part) => part.toString(36)).join("-");
}

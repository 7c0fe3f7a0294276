import { encodeBody, type ClientRequest, type RequestContext } from "@x/client";

/**
 * What makes requests equal: the query key (method, path and query), the caller's headers, the body, and how the
 * answer is to be read. `undefined` for a request that cannot share: its body cannot be compared, or its answer can
 * be read only once.
 */
export function shareKeyOf({
  queryKey,
  request,
}: Pick<RequestContext, "queryKey" | "request">): string | undefined {
  const { headers, body, responseType } = request;
  if (responseType === "stream") return undefined;
  const headerText = headersOf(headers);
  // Nearly every read: nothing but its key.
  if (headerText === "" && body === undefined && responseType === undefined) return queryKey;
  const bodyText = bodyOf(body);
  return bodyText === undefined
    ? undefined
    : JSON.stringify([queryKey, headerText, bodyText, responseType ?? ""]);
}

/** The names of headers have no case, and their order no meaning. */
function headersOf(headers: ClientRequest["headers"]): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return lines.toSorted().join("\n");
}

/** A body as text that is equal for what is sent equally, or `undefined` when only sending it would tell. */
function bodyOf(given: unknown): string | undefined {
  try {
    const { body = "", contentType = "" } = encodeBody(given);
    const isText = typeof body === "string" || body instanceof URLSearchParams;
    return isText ? `${contentType} ${body}` : undefined;
  } catch {
    // The client will say what is wrong with it.
    return undefined;
  }
}

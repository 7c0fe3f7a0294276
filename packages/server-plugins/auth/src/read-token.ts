import type { InvokeData } from "@x/server";
import type { AuthSettings } from "./auth-settings.ts";
import { isCrossOrigin } from "./is-cross-origin.ts";

/** A token as it came in. */
export interface SentToken {
  /** Empty where the header has a scheme and no token. */
  readonly value: string;
  readonly source: "header" | "cookie";
  /** A cookie that a browser sends for the page of another origin. */
  readonly isCrossOrigin: boolean;
}

const BEARER = /^bearer(?: +|$)(.*)$/i;

/** The token of a request. The header is what the client chose to send, so it wins over a cookie. */
export function readToken(data: InvokeData, { header, cookie }: AuthSettings): SentToken | undefined {
  // A function without HTTP around it may have an event without headers.
  const headers = data.event?.headers ?? {};
  const sent = header === undefined ? undefined : headers[header];
  const value = typeof sent === "string" ? readHeader(sent, header === "authorization") : undefined;
  if (value !== undefined) return { value, source: "header", isCrossOrigin: false };
  const cookieValue = cookie && data.cookie?.get(cookie.name);
  if (!cookieValue) return undefined;
  const crosses = cookie.checkOrigin && isCrossOrigin({ ...data.event, headers }, cookie.allowedOrigins);
  return { value: cookieValue, source: "cookie", isCrossOrigin: crosses };
}

/** `authorization` may carry what is none of our business, such as `Basic`; another header is there for the token. */
function readHeader(sent: string, isAuthorization: boolean): string | undefined {
  const bearer = BEARER.exec(sent.trim())?.[1];
  return isAuthorization ? bearer : (bearer ?? sent.trim());
}

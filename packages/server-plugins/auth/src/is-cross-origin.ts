import type { HttpEvent } from "@x/server";

/** Methods that change nothing, by RFC 9110, section 9.2.1. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Tells whether a request that may change something comes from the page of another origin. What browsers say
 * (`Sec-Fetch-Site`, in old ones `Origin`) is taken; what says neither is no browser, and sends no cookie unasked.
 * The algorithm is that of `net/http.CrossOriginProtection` in Go.
 */
export function isCrossOrigin(
  event: Pick<HttpEvent, "method" | "headers">,
  allowed: readonly string[],
): boolean {
  if (SAFE_METHODS.has(event.method)) return false;
  const { origin, host, "sec-fetch-site": site } = event.headers;
  if (origin !== undefined && allowed.includes(origin)) return false;
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  return origin !== undefined && URL.parse(origin)?.host !== host;
}

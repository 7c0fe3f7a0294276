import type { HttpHeaders } from "../../types.ts";
import type { HeaderRecord } from "../reply/header-rules.ts";
import type { CorsRules } from "./cors-rules.ts";

const HEADER_LIST = /^[\w!#$%&'*+.^`|~, -]{1,4096}$/;

/** Adds what tells a browser whether a page of the request's origin may read the reply. */
export function addCorsHeaders(headers: HeaderRecord, rules: CorsRules, requestHeaders: HttpHeaders): void {
  addVary(headers, "Origin");
  if (!addOrigin(headers, rules, requestHeaders)) return;
  headers["access-control-expose-headers"] = rules.exposeHeaders;
}

/** Adds what a browser asks before it sends a request that it does not send to just anybody. */
export function addPreflightHeaders(
  headers: HeaderRecord,
  rules: CorsRules,
  requestHeaders: HttpHeaders,
  methods: readonly string[],
): void {
  addVary(headers, "Origin");
  const method = requestHeaders["access-control-request-method"];
  if (method === undefined || !addOrigin(headers, rules, requestHeaders)) return;
  headers["access-control-allow-methods"] = rules.methods ?? methods.join(", ");
  headers["access-control-max-age"] = String(rules.maxAgeSeconds);
  const asked = requestHeaders["access-control-request-headers"];
  if (rules.headers === undefined) addVary(headers, "Access-Control-Request-Headers");
  const allowed = rules.headers ?? (asked !== undefined && HEADER_LIST.test(asked) ? asked : undefined);
  if (allowed) headers["access-control-allow-headers"] = allowed;
}

function addOrigin(headers: HeaderRecord, rules: CorsRules, requestHeaders: HttpHeaders): boolean {
  const allowed = rules.allow(requestHeaders["origin"]);
  if (allowed === undefined) return false;
  headers["access-control-allow-origin"] = allowed;
  if (rules.credentials) headers["access-control-allow-credentials"] = "true";
  return true;
}

function addVary(headers: HeaderRecord, name: string): void {
  const current = headers["vary"]?.toString() ?? "";
  const names = new Set(current.toLowerCase().split(/\s*,\s*/));
  if (names.has("*") || names.has(name.toLowerCase())) return;
  headers["vary"] = current === "" ? name : `${current}, ${name}`;
}

import type { InvokeData } from "@x/server";
import type { TokenClaims } from "./types.ts";

/** What became of a token. The reason is for logs alone: it would tell an attacker how far a guess has come. */
export type Verdict =
  { readonly claims: TokenClaims } | { readonly claims?: undefined; readonly reason: string };

/** Judges one token. It rejects with `KEYS_UNAVAILABLE` where it cannot. */
export type TokenVerifier = (token: string, data: InvokeData) => Promise<Verdict>;

/** The codes of jose that are about a token, and not about a set of keys or its address. */
const ABOUT_TOKEN = /^ERR_(?:JWT|JWS|JWE|JWK_|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE|JOSE_(?:ALG|NOT_SUPPORTED))/;

/** Why jose refuses a token, or nothing where an error is about something else. By code, as there may be two copies of jose. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  if (!ABOUT_TOKEN.test(error.code)) return undefined;
  // Names of claims are no secret; their values are left out.
  return "claim" in error ? `${error.code} ${String(error.claim)}` : error.code;
}

import { HttpError } from "@x/server";
import type { AuthErrorCode } from "./errors.ts";

/** What a client does about it is in RFC 6750, section 3.1. */
type BearerError = "invalid_token" | "insufficient_scope";

/** There is no token. By RFC 6750 the challenge names no error then. */
export function notAuthenticated(realm: string): HttpError {
  return refuse(401, "NOT_AUTHENTICATED", "sign in first", challenge(realm));
}

/** There is a token that is not, or no longer, any good. Why is not for the client. */
export function tokenInvalid(realm: string): HttpError {
  return refuse(401, "TOKEN_INVALID", "the token is not valid", challenge(realm, "invalid_token"));
}

/** The user is known, and has none of the roles. */
export function roleMissing(realm: string): HttpError {
  return refuse(403, "ROLE_MISSING", "this needs another role", challenge(realm, "insufficient_scope"));
}

/** Another site's page has a browser send its cookie. */
export function crossOriginToken(): HttpError {
  return refuse(403, "CROSS_ORIGIN_TOKEN", "the cookie was sent by the page of another origin");
}

/** There is nothing to check tokens with, for now. */
export function keysUnavailable(cause: unknown): HttpError {
  const code: AuthErrorCode = "KEYS_UNAVAILABLE";
  return new HttpError({ statusCode: 503, code, message: "tokens cannot be checked just now", cause });
}

function refuse(statusCode: number, code: AuthErrorCode, message: string, headers = {}): HttpError {
  return new HttpError({ statusCode, code, message, headers });
}

function challenge(realm: string, error?: BearerError) {
  return { "www-authenticate": `Bearer realm="${realm}"${error ? `, error="${error}"` : ""}` };
}

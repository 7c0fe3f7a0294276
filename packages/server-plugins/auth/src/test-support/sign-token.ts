import { type CryptoKey, type JWTPayload, SignJWT } from "jose";

/** A secret for tests: long enough for HS512. */
export const SECRET = "a secret that only tests know, and that is sixty-four bytes long";

/** How a token of a test differs from a good one. */
export interface TokenOptions {
  readonly key?: CryptoKey | Uint8Array | string;
  readonly alg?: string;
  readonly kid?: string;
  readonly typ?: string;
  /** From now on. */
  readonly expiresInSeconds?: number | undefined;
}

/** Signs a token: by default one of the user `ann`, good for a minute, with `SECRET`. */
export function signToken(claims: JWTPayload = {}, options: TokenOptions = {}): Promise<string> {
  const { key = SECRET, alg = "HS256", kid, typ } = options;
  const { expiresInSeconds = "expiresInSeconds" in options ? undefined : 60 } = options;
  const now = Math.floor(Date.now() / 1000);
  const expiry = expiresInSeconds === undefined ? {} : { exp: now + expiresInSeconds };
  return new SignJWT({ sub: "ann", iat: now, ...expiry, ...claims })
    .setProtectedHeader({ alg, ...(kid && { kid }), ...(typ && { typ }) })
    .sign(typeof key === "string" ? new TextEncoder().encode(key) : key);
}

/** The headers of a request with this token. */
export function bearer(token: string): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { authorization: `Bearer ${token}` } };
}

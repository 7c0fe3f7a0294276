import type { ConfigIssue } from "@x/server";
import type { FindKeys, VerificationKey } from "./create-jwt-verifier.ts";

/** What the keys of a configuration became, and what is wrong with them. */
export interface ImportedKeys {
  readonly algorithms: readonly string[];
  readonly findKeys: FindKeys;
  readonly issues: readonly ConfigIssue[];
}

/** The hash of an algorithm, which a secret must not be shorter than (RFC 7518, section 3.2). */
const HASH_BITS: Readonly<Record<string, number>> = { HS256: 256, HS384: 384, HS512: 512 };

/** Imports secrets, each for every algorithm that is allowed. */
export async function importSecrets(
  secrets: readonly string[],
  algorithms: readonly string[] = ["HS256"],
): Promise<ImportedKeys> {
  const bytes = secrets.map((secret) => new TextEncoder().encode(secret));
  const leastBytes = Math.max(...algorithms.map((algorithm) => (HASH_BITS[algorithm] ?? 0) / 8));
  const issues = bytes.flatMap(({ length }, index) => {
    if (length >= leastBytes) return [];
    const path = ["secret", ...(secrets.length > 1 ? [String(index)] : [])];
    return [{ path, message: `must have ${leastBytes} bytes at least, of chance: openssl rand -base64 48` }];
  });
  const keys = new Map<string, VerificationKey[]>();
  for (const algorithm of algorithms)
    keys.set(algorithm, await Promise.all(bytes.map((secret) => importHmacKey(secret, algorithm))));
  return { algorithms, issues, findKeys: ({ alg = "" }) => keys.get(alg) ?? [] };
}

function importHmacKey(secret: Uint8Array<ArrayBuffer>, algorithm: string): Promise<CryptoKey> {
  const hash = `SHA-${HASH_BITS[algorithm]}`;
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, ["verify"]);
}

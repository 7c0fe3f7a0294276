import type * as jose from "jose";
import type { JwksSettings } from "./auth-settings.ts";
import { keysUnavailable } from "./challenge.ts";
import type { FindKeys, VerificationKey } from "./create-jwt-verifier.ts";

/**
 * Finds keys in a set that an issuer publishes. Concurrent requests share a fetch, the set is kept, and unknown key
 * ids cannot make it fetch more often than the cool-down allows.
 *
 * @throws HttpError 503 `KEYS_UNAVAILABLE` while there are no keys; the next request tries again.
 */
export function createRemoteKeys(
  { createRemoteJWKSet, errors }: Pick<typeof jose, "createRemoteJWKSet" | "errors">,
  { url, maxAgeSeconds, cooldownSeconds, timeoutMs }: JwksSettings,
): FindKeys {
  const findKey = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: maxAgeSeconds * 1000,
    cooldownDuration: cooldownSeconds * 1000,
    timeoutDuration: timeoutMs,
  });

  return async function findRemoteKeys({ alg = "", kid }) {
    try {
      return [await findKey({ alg, ...(kid !== undefined && { kid }) })];
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return [];
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw keysUnavailable(error);
      const keys: VerificationKey[] = [];
      for await (const key of error) keys.push(key);
      return keys;
    }
  };
}

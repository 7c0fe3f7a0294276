import { pluginConfigError } from "@x/server";
import type { AuthOptions } from "./auth-config.ts";
import type { AuthSettings } from "./auth-settings.ts";
import { createJwtVerifier } from "./create-jwt-verifier.ts";
import { DEFAULT_PUBLIC_ALGORITHMS, importPublicKeys } from "./import-public-keys.ts";
import { importSecrets } from "./import-secrets.ts";
import { createRemoteKeys } from "./remote-keys.ts";
import { refusalOf, type TokenVerifier } from "./token-verifier.ts";

/**
 * What judges the tokens of one plugin.
 *
 * @throws ServerError `INVALID_CONFIG` for keys that are none, or too weak.
 */
export async function createVerifier(
  plugin: string,
  { keys, rules }: AuthSettings,
  verify: AuthOptions["verify"],
): Promise<TokenVerifier> {
  if (verify) return createOwnVerifier(verify);
  // Loaded with the first mount: it costs more than the rest of a cold start.
  const jose = await import("jose");
  if (keys.jwks) {
    const algorithms = keys.algorithms ?? DEFAULT_PUBLIC_ALGORITHMS;
    return createJwtVerifier(jose, rules, algorithms, createRemoteKeys(jose, keys.jwks));
  }
  const imported =
    keys.secrets.length > 0
      ? await importSecrets(keys.secrets, keys.algorithms)
      : await importPublicKeys(jose, keys.publicKeys, keys.algorithms);
  if (imported.issues.length > 0) throw pluginConfigError(plugin, imported.issues);
  return createJwtVerifier(jose, rules, imported.algorithms, imported.findKeys);
}

function createOwnVerifier(verify: NonNullable<AuthOptions["verify"]>): TokenVerifier {
  return async function verifyByCode(token, data) {
    try {
      const claims = await verify(token, data);
      return claims ? { claims } : { reason: "verify gave nothing" };
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      return { reason };
    }
  };
}

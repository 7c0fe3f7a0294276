import type * as jose from "jose";
import type { TokenRules } from "./auth-settings.ts";
import { refusalOf, type TokenVerifier } from "./token-verifier.ts";
import type { TokenClaims } from "./types.ts";

/** A key that jose verifies with, bound to one algorithm. */
export type VerificationKey = CryptoKey;

/** What the header of a token says of its key. Nothing of it is true until a signature fits. */
export interface KeyHint {
  readonly alg?: string | undefined;
  readonly kid?: string | undefined;
}

/** The keys that a token may have been signed with; mostly one. */
export type FindKeys = (hint: KeyHint) => readonly VerificationKey[] | Promise<readonly VerificationKey[]>;

/** Verifies a JWT by its signature and its claims. An algorithm that is not listed never reaches a key. */
export function createJwtVerifier(
  { jwtVerify, errors }: Pick<typeof jose, "jwtVerify" | "errors">,
  rules: TokenRules,
  algorithms: readonly string[],
  findKeys: FindKeys,
): TokenVerifier {
  const options = {
    algorithms: [...algorithms],
    clockTolerance: rules.clockToleranceSeconds,
    requiredClaims: [...rules.requiredClaims],
    ...(rules.issuer && { issuer: [...rules.issuer] }),
    ...(rules.audience && { audience: [...rules.audience] }),
    ...(rules.tokenType !== undefined && { typ: rules.tokenType }),
    ...(rules.maxTokenAgeSeconds !== undefined && { maxTokenAge: rules.maxTokenAgeSeconds }),
  };

  return async function verifyJwt(token) {
    let keys: readonly VerificationKey[] | undefined;
    for (let attempt = 0; ; attempt += 1)
      try {
        const { payload } = await jwtVerify(
          token,
          async (header: KeyHint) => {
            keys ??= await findKeys(header);
            const key = keys[attempt];
            if (!key) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          options,
        );
        // Nobody checks the types of claims: whoever reads one that matters does.
        return { claims: payload as TokenClaims };
      } catch (error) {
        const isOtherKey = error instanceof errors.JWSSignatureVerificationFailed;
        if (isOtherKey && keys && attempt + 1 < keys.length) continue;
        const reason = refusalOf(error);
        if (reason === undefined) throw error;
        return { reason };
      }
  };
}

import type * as jose from "jose";
import type { PublicJwk, PublicKey } from "./auth-config.ts";
import type { ConfigIssue } from "@x/server";
import type { VerificationKey } from "./create-jwt-verifier.ts";
import type { ImportedKeys } from "./import-secrets.ts";

type Importers = Pick<typeof jose, "importJWK" | "importSPKI" | "importX509">;

/** One key, for each algorithm that it can be used with. */
interface KnownKey {
  readonly kid: string | undefined;
  readonly byAlgorithm: ReadonlyMap<string, VerificationKey>;
}

/** Without a list in the configuration. The others are taken where they are asked for. */
export const DEFAULT_PUBLIC_ALGORITHMS: readonly string[] = [
  "RS256",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

const LEAST_RSA_BITS = 2048;

/** Imports public keys, each for those of the algorithms that fit it. */
export async function importPublicKeys(
  importers: Importers,
  publicKeys: readonly PublicKey[],
  configured: readonly string[] | undefined,
): Promise<ImportedKeys> {
  const candidates = configured ?? DEFAULT_PUBLIC_ALGORITHMS;
  const issues: ConfigIssue[] = [];
  const keys: KnownKey[] = [];
  for (const [index, publicKey] of publicKeys.entries()) {
    const fault = (message: string) =>
      issues.push({ path: ["publicKey", ...(publicKeys.length > 1 ? [String(index)] : [])], message });
    const refusal = findRefusal(publicKey);
    if (refusal) {
      fault(refusal);
      continue;
    }
    const byAlgorithm = await importFor(importers, publicKey, candidates);
    if (byAlgorithm.size === 0)
      fault(`is no public key, as PEM or as a JSON Web Key, for any of ${candidates.join(", ")}`);
    if ([...byAlgorithm.values()].some(isShort)) fault(`is short: RSA needs ${LEAST_RSA_BITS} bits at least`);
    keys.push({ kid: typeof publicKey === "string" ? undefined : publicKey.kid, byAlgorithm });
  }
  const algorithms = candidates.filter((algorithm) =>
    keys.some(({ byAlgorithm }) => byAlgorithm.has(algorithm)),
  );
  if (issues.length === 0)
    for (const [index, algorithm] of (configured ?? []).entries())
      if (!algorithms.includes(algorithm))
        issues.push({ path: ["algorithms", String(index)], message: `${algorithm} does not fit publicKey` });
  return {
    algorithms,
    issues,
    findKeys: ({ alg = "", kid }) =>
      keys.flatMap((key) => {
        const isNamed = kid === undefined || key.kid === undefined || key.kid === kid;
        return (isNamed && key.byAlgorithm.get(alg)) || [];
      }),
  };
}

/** What must not stand where everybody may look. */
function findRefusal(publicKey: PublicKey): string | undefined {
  if (typeof publicKey === "string")
    return publicKey.includes("PRIVATE KEY") ? "is a private key: give the public half alone" : undefined;
  if (publicKey.kty === "oct") return "is a secret: give it as secret";
  return "d" in publicKey ? "is a private key: give the public half alone" : undefined;
}

async function importFor(
  importers: Importers,
  publicKey: PublicKey,
  candidates: readonly string[],
): Promise<ReadonlyMap<string, VerificationKey>> {
  const keys = new Map<string, VerificationKey>();
  for (const algorithm of candidates)
    try {
      const key = await importKey(importers, publicKey, algorithm);
      if (key) keys.set(algorithm, key);
    } catch {
      // Not a key for this algorithm; whether it is one for another, the next round tells.
    }
  return keys;
}

async function importKey(
  { importJWK, importSPKI, importX509 }: Importers,
  publicKey: PublicKey,
  algorithm: string,
): Promise<VerificationKey | undefined> {
  if (typeof publicKey === "string") {
    // Variables of the environment often hold the two characters `\n` for the end of a line.
    const pem = publicKey.replaceAll(String.raw`\n`, "\n").trim();
    return pem.includes("CERTIFICATE") ? importX509(pem, algorithm) : importSPKI(pem, algorithm);
  }
  if (publicKey.alg !== undefined && publicKey.alg !== algorithm) return undefined;
  const key = await importJWK(toJwk(publicKey), algorithm);
  return key instanceof CryptoKey ? key : undefined;
}

/** The fields of the key alone: what stands beside them, such as `use`, is for whoever publishes it. */
function toJwk({ kty, crv, x, y, n, e }: PublicJwk) {
  const fields = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined);
  return { kty, ...Object.fromEntries(fields) };
}

function isShort({ algorithm }: VerificationKey): boolean {
  return "modulusLength" in algorithm && Number(algorithm.modulusLength) < LEAST_RSA_BITS;
}

import { generateKeyPairSync } from "node:crypto";
import { defineApi, isServerError } from "@x/server";
import { testApi } from "@x/server/testing";
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, type JWK, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { type AuthConfig, AuthPlugin, type PublicJwk, type SigningAlgorithm } from "./index.ts";
import { CERTIFICATE, CERTIFICATE_KEY } from "./test-support/certificate.ts";
import { bearer, SECRET, signToken, type TokenOptions } from "./test-support/sign-token.ts";

const BROKEN_CERTIFICATE = CERTIFICATE.replace(/\n.{64}\n/, "\n");

async function status(config: AuthConfig, options: TokenOptions): Promise<number> {
  const call = testApi(defineApi({ plugins: [new AuthPlugin({ config })], handler: () => 1 }));
  return (await call({}, bearer(await signToken({}, options)))).statusCode;
}

/** What is wrong with a configuration, by key path. */
async function faultsOf(config: AuthConfig): Promise<string[]> {
  const error: unknown = await defineApi({ plugins: [new AuthPlugin({ config })], handler: () => 1 })
    .mount()
    .catch((thrown: unknown) => thrown);
  if (!isServerError(error)) throw new Error("it was mounted");
  return error.faults.map(({ keyPath = [], message }) => `${keyPath.slice(3).join(".")} ${message}`);
}

// A JWK of jose has an index signature, ours names what a public key has.
const toPublicJwk = (jwk: JWK): PublicJwk => jwk as PublicJwk;

describe("a public key", () => {
  it.each<SigningAlgorithm>(["RS256", "ES256", "ES384", "ES512", "EdDSA"])(
    "in PEM or as a JWK checks %s by default",
    async (alg) => {
      const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
      const pem = await exportSPKI(publicKey);
      const signed = { key: privateKey, alg };
      expect(await status({ publicKey: pem }, signed)).toBe(200);
      expect(await status({ publicKey: pem.replaceAll("\n", String.raw`\n`) }, signed)).toBe(200);
      expect(await status({ publicKey: toPublicJwk(await exportJWK(publicKey)) }, signed)).toBe(200);
      const other = await generateKeyPair(alg);
      expect(await status({ publicKey: pem }, { key: other.privateKey, alg })).toBe(401);
    },
  );

  it("may come in a certificate", async () => {
    const key = await importPKCS8(CERTIFICATE_KEY, "ES256");
    expect(await status({ publicKey: CERTIFICATE }, { key, alg: "ES256" })).toBe(200);
    const other = await generateKeyPair("ES256");
    expect(await status({ publicKey: CERTIFICATE }, { key: other.privateKey, alg: "ES256" })).toBe(401);
  });

  it("checks the other algorithms where they are asked for", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const config: AuthConfig = { publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() };
    const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    for (const alg of ["RS384", "RS512", "PS256", "PS384", "PS512"] as const) {
      const signed = { key: await importPKCS8(pkcs8, alg), alg };
      expect(await status(config, signed)).toBe(401);
      expect(await status({ ...config, algorithms: [alg] }, signed)).toBe(200);
    }
  });

  it("keeps to the algorithm that its JWK names", async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = { ...toPublicJwk(await exportJWK(publicKey)), alg: "PS256" };
    expect(await status({ publicKey: jwk, algorithms: ["PS256"] }, { key: privateKey, alg: "RS256" })).toBe(
      401,
    );
    expect(await faultsOf({ publicKey: jwk, algorithms: ["RS256"] })).toEqual([
      "publicKey is no public key, as PEM or as a JSON Web Key, for any of RS256",
    ]);
  });

  it("may be one of several, told apart by kid or by trying", async () => {
    const [first, second] = await Promise.all([
      generateKeyPair("ES256", { extractable: true }),
      generateKeyPair("ES256", { extractable: true }),
    ]);
    const publicKey = [
      { ...toPublicJwk(await exportJWK(first.publicKey)), kid: "first" },
      { ...toPublicJwk(await exportJWK(second.publicKey)), kid: "second" },
    ];
    const signed = { key: second.privateKey, alg: "ES256" };
    expect(await status({ publicKey }, { ...signed, kid: "second" })).toBe(200);
    expect(await status({ publicKey }, signed)).toBe(200);
    expect(await status({ publicKey }, { ...signed, kid: "first" })).toBe(401);
    expect(await status({ publicKey }, { ...signed, kid: "third" })).toBe(401);
  });

  it("is never taken for a secret, whatever the token says of its algorithm", async () => {
    const { publicKey } = await generateKeyPair("RS256", { extractable: true });
    const pem = await exportSPKI(publicKey);
    const forged = { key: pem, alg: "HS256" };
    expect(await status({ publicKey: pem }, forged)).toBe(401);
    expect(await status({ publicKey: pem }, { ...forged, key: pem.trim() })).toBe(401);
    expect(await faultsOf({ publicKey: pem, algorithms: ["RS256", "HS256"] })).toEqual([
      "algorithms.1 HS256 does not go with publicKey",
    ]);
  });

  it("is never put into a token by its sender", async () => {
    const { publicKey } = await generateKeyPair("ES256", { extractable: true });
    const attacker = await generateKeyPair("ES256", { extractable: true });
    const token = await new SignJWT({ sub: "ann" })
      .setProtectedHeader({
        alg: "ES256",
        jwk: await exportJWK(attacker.publicKey),
        jku: "https://evil.example",
      })
      .setExpirationTime("1m")
      .sign(attacker.privateKey);
    const auth = new AuthPlugin({ config: { publicKey: await exportSPKI(publicKey) } });
    const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }));
    expect((await call({}, bearer(token))).statusCode).toBe(401);
  });
});

describe("a key that is none", () => {
  it.each<[string, AuthConfig["publicKey"], string]>([
    ["text", "hello", "publicKey is no public key"],
    [
      "a broken PEM",
      "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
      "publicKey is no public key",
    ],
    ["a broken certificate", BROKEN_CERTIFICATE, "publicKey is no public key"],
    ["a JWK without a key", { kty: "RSA" }, "publicKey is no public key"],
    ["a JWK of an unknown kind", { kty: "x" }, "publicKey is no public key"],
    ["a secret", { kty: "oct", k: "AAAA" } as PublicJwk, "publicKey is a secret: give it as secret"],
  ])("is a fault at mount: %s", async (_, publicKey, expected) => {
    expect(await faultsOf({ publicKey })).toEqual([expect.stringContaining(expected)]);
  });

  it("is the private one, which the fault does not quote", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const pem = await exportPKCS8(privateKey);
    const jwk = toPublicJwk(await exportJWK(privateKey));
    expect(await faultsOf({ publicKey: pem })).toEqual([
      "publicKey is a private key: give the public half alone",
    ]);
    expect(await faultsOf({ publicKey: [jwk, pem] })).toEqual([
      "publicKey.0 is a private key: give the public half alone",
      "publicKey.1 is a private key: give the public half alone",
    ]);
  });

  it("is a short one of RSA", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(await faultsOf({ publicKey: pem })).toEqual(["publicKey is short: RSA needs 2048 bits at least"]);
  });

  it("is one of another kind than the algorithms", async () => {
    const { publicKey } = await generateKeyPair("ES256", { extractable: true });
    const pem = await exportSPKI(publicKey);
    expect(await faultsOf({ publicKey: pem, algorithms: ["ES256", "ES384"] })).toEqual([
      "algorithms.1 ES384 does not fit publicKey",
    ]);
  });

  it("is a short secret, for the algorithms that it is to serve", async () => {
    const short = "x".repeat(31);
    expect(await faultsOf({ secret: short })).toEqual([
      expect.stringContaining("secret must have 32 bytes at least"),
    ]);
    expect(await faultsOf({ secret: [SECRET, `${short}!`], algorithms: ["HS256", "HS512"] })).toEqual([
      expect.stringContaining("secret.1 must have 64 bytes at least"),
    ]);
  });
});

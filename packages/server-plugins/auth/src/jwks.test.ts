import { defineApi } from "@x/server";
import { createRecordingLogger, testApi } from "@x/server/testing";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AuthConfig, AuthPlugin } from "./index.ts";
import { serveJwks } from "./test-support/serve-jwks.ts";
import { bearer, signToken } from "./test-support/sign-token.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface IssuerKey {
  readonly jwk: JWK;
  /** A token that it has signed. */
  token(kid?: string): Promise<string>;
}

async function createKey(kid: string | undefined, alg = "RS256"): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), ...(kid && { kid }), use: "sig" };
  return { jwk, token: (named = kid) => sign(privateKey, alg, named) };
}

function sign(key: CryptoKey, alg: string, kid: string | undefined): Promise<string> {
  return signToken({ aud: "orders" }, { key, alg, ...(kid && { kid }), expiresInSeconds: 86_400 });
}

/** A call of an API whose issuer is at this address. */
function client(url: string, config: Partial<AuthConfig["jwks"]> = {}) {
  const { logger, lines } = createRecordingLogger();
  const auth = new AuthPlugin({ config: { jwks: { url, ...config }, audience: "orders" } });
  const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }), { logger });
  const statusOf = async (token: string) => (await call({}, bearer(token))).statusCode;
  return { call, statusOf, lines };
}

describe("keys that an issuer publishes", () => {
  it.each(["RS256", "ES256", "EdDSA"])("are fetched once, for the first token: %s", async (alg) => {
    const key = await createKey("a", alg);
    await using issuer = await serveJwks([key.jwk]);
    const { statusOf } = client(issuer.url);
    const token = await key.token();
    expect(await Promise.all([statusOf(token), statusOf(token), statusOf(token)])).toEqual([200, 200, 200]);
    expect(await statusOf(token)).toBe(200);
    expect(issuer.fetches).toBe(1);
  });

  it("are not asked for by a token that could not be good anyway", async () => {
    await using issuer = await serveJwks([]);
    const { statusOf } = client(issuer.url);
    expect(await statusOf("a.b.c")).toBe(401);
    expect(await statusOf(await signToken({ aud: "orders" }))).toBe(401);
    expect(issuer.fetches).toBe(0);
  });

  it("are fetched again when they are old", async () => {
    const key = await createKey("a");
    await using issuer = await serveJwks([key.jwk]);
    const { statusOf } = client(issuer.url, { maxAgeSeconds: 60 });
    const token = await key.token();
    await statusOf(token);
    vi.advanceTimersByTime(59_999);
    await statusOf(token);
    expect(issuer.fetches).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await statusOf(token)).toBe(200);
    expect(issuer.fetches).toBe(2);
  });

  it("are fetched again for an unknown key, but not before the cool-down is over", async () => {
    const [old, fresh] = [await createKey("old"), await createKey("fresh")];
    await using issuer = await serveJwks([old.jwk]);
    const { statusOf } = client(issuer.url, { cooldownSeconds: 30 });
    await statusOf(await old.token());
    issuer.reply([old.jwk, fresh.jwk]);
    expect(await statusOf(await fresh.token())).toBe(401);
    expect(issuer.fetches).toBe(1);
    vi.advanceTimersByTime(30_000);
    expect(await statusOf(await fresh.token())).toBe(200);
    expect(issuer.fetches).toBe(2);
  });

  it("cannot be fetched over and over by made-up key ids", async () => {
    const key = await createKey("a");
    await using issuer = await serveJwks([key.jwk]);
    const { statusOf } = client(issuer.url);
    for (let index = 0; index < 20; index += 1)
      expect(await statusOf(await key.token(`made-up-${index}`))).toBe(401);
    expect(issuer.fetches).toBe(1);
  });

  it("are tried one after the other where a token names none", async () => {
    const [first, second, other] = [
      await createKey(undefined),
      await createKey(undefined),
      await createKey(undefined),
    ];
    await using issuer = await serveJwks([first.jwk, second.jwk]);
    const { statusOf } = client(issuer.url);
    expect(await statusOf(await second.token())).toBe(200);
    expect(await statusOf(await other.token())).toBe(401);
  });

  it("never verify what is signed with a secret", async () => {
    const key = await createKey("a");
    await using issuer = await serveJwks([key.jwk, { kty: "oct", kid: "b", k: btoa("x".repeat(32)) }]);
    const { statusOf } = client(issuer.url);
    const forged = await signToken({ aud: "orders" }, { key: "x".repeat(32), kid: "b" });
    expect(await statusOf(forged)).toBe(401);
  });
});

describe("an issuer that is down", () => {
  it.each<[string, number | string]>([
    ["an error", 500],
    ["a redirection", 302],
    ["no JSON", "<html>"],
    ["JSON that is no set of keys", "[]"],
  ])("is a 503 while it answers with %s, and the next request tries again", async (_, answer) => {
    const key = await createKey("a");
    await using issuer = await serveJwks([key.jwk]);
    issuer.reply(answer);
    const { call, statusOf, lines } = client(issuer.url);
    const token = await key.token();
    const { statusCode, error } = await call({}, bearer(token));
    expect([statusCode, error?.code, error?.message]).toEqual([
      503,
      "KEYS_UNAVAILABLE",
      "tokens cannot be checked just now",
    ]);
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
    issuer.reply([key.jwk]);
    expect(await statusOf(token)).toBe(200);
  });

  it("is a 503 when it does not answer in time", async () => {
    const key = await createKey("a");
    await using issuer = await serveJwks([]);
    issuer.reply("never");
    expect(await client(issuer.url, { timeoutMs: 1 }).statusOf(await key.token())).toBe(503);
  });

  it("is a 503 when nobody listens there", async () => {
    const key = await createKey("a");
    const issuer = await serveJwks([]);
    await issuer[Symbol.asyncDispose]();
    expect(await client(issuer.url).statusOf(await key.token())).toBe(503);
  });

  it("is none for requests that have no token", async () => {
    const issuer = await serveJwks([]);
    await issuer[Symbol.asyncDispose]();
    const { error } = await client(issuer.url).call();
    expect(error?.code).toBe("NOT_AUTHENTICATED");
  });

  it("is a 503 as well where nobody has to sign in: nobody can tell whether somebody has", async () => {
    const key = await createKey("a");
    const issuer = await serveJwks([]);
    await issuer[Symbol.asyncDispose]();
    const auth = new AuthPlugin({
      config: { jwks: { url: issuer.url }, audience: "orders", required: false },
    });
    const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }));
    expect((await call({}, bearer(await key.token()))).statusCode).toBe(503);
  });
});

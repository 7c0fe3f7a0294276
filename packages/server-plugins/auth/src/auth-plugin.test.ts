import { defineApi, Func, HttpError, type InvokeData } from "@x/server";
import { createRecordingLogger, silentLogger, testApi } from "@x/server/testing";
import { UnsecuredJWT } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type AuthConfig, AuthPlugin } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** An API behind the plugin that answers with its user. */
function api(config: AuthConfig = {}) {
  return testApi(
    defineApi({
      plugins: [new AuthPlugin({ config: { secret: SECRET, ...config } })],
      handler: ({ current_user }) => ({ user: current_user }),
    }),
  );
}

describe("a request with a good token", () => {
  it("reaches the handler with its user", async () => {
    const token = await signToken({ roles: ["editor"] });
    const { statusCode, data } = await api()({}, bearer(token));
    expect(statusCode).toBe(200);
    expect(data).toMatchObject({ user: { id: "ann", roles: ["editor"], claims: { sub: "ann" } } });
  });

  it.each(["bearer", "BEARER", "Bearer  "])("may write the scheme as %j", async (scheme) => {
    const headers = {
      authorization: `${scheme.trimEnd()} ${scheme.endsWith(" ") ? " " : ""}${await signToken()}`,
    };
    expect((await api()({}, { headers })).statusCode).toBe(200);
  });

  it("may carry it bare in a header of another name", async () => {
    const call = api({ header: "X-Access-Jwt" });
    const token = await signToken();
    expect((await call({}, { headers: { "x-access-jwt": token } })).statusCode).toBe(200);
    expect((await call({}, { headers: { "x-access-jwt": `Bearer ${token}` } })).statusCode).toBe(200);
    expect((await call({}, bearer(token))).error?.code).toBe("NOT_AUTHENTICATED");
  });
});

describe("a request without a token", () => {
  it("is a 401 whose challenge names no error", async () => {
    const { statusCode, headers, error } = await api()();
    expect([statusCode, error?.code]).toEqual([401, "NOT_AUTHENTICATED"]);
    expect(headers["www-authenticate"]).toBe('Bearer realm="api"');
  });

  it("is one too when it has credentials of another kind", async () => {
    const { error } = await api({ realm: "orders" })({}, { headers: { authorization: "Basic YW5uOnB3" } });
    expect(error?.code).toBe("NOT_AUTHENTICATED");
  });

  it("names the realm that is configured", async () => {
    const { headers } = await api({ realm: "orders, 2nd" })();
    expect(headers["www-authenticate"]).toBe('Bearer realm="orders, 2nd"');
  });

  it("passes with nobody where nobody has to sign in", async () => {
    expect((await api({ required: false })()).data).toEqual({ user: null });
  });
});

describe("a request with a bad token", () => {
  const refused = [
    401,
    'Bearer realm="api", error="invalid_token"',
    "TOKEN_INVALID",
    "the token is not valid",
  ];
  const outcome = async (token: string, config: AuthConfig = {}) => {
    const { statusCode, headers, error } = await api(config)({}, bearer(token));
    return [statusCode, headers["www-authenticate"], error?.code, error?.message];
  };

  it.each([
    ["empty", ""],
    ["no token at all", "hello"],
    ["of one part too many", "a.b.c.d"],
    ["of the wrong alphabet", "ä.ö.ü"],
    ["of a header that is no JSON", "bm9wZQ.e30.c2ln"],
    ["of a header that is null", "bnVsbA.e30.c2ln"],
    ["two tokens in one", "a.b.c, Bearer a.b.c"],
  ])("is refused when it is %s", async (_, token) => {
    expect(await outcome(token)).toEqual(refused);
  });

  it.each<[string, Promise<string>, AuthConfig?]>([
    ["expired", signToken({}, { expiresInSeconds: -6 })],
    ["not yet begun", signToken({ nbf: Math.floor(Date.now() / 1000) + 60 })],
    ["good for ever", signToken({}, { expiresInSeconds: undefined })],
    ["of another issuer", signToken({ iss: "https://evil.example" }), { issuer: "https://id.example" }],
    ["of no issuer", signToken(), { issuer: ["https://id.example"] }],
    ["for somebody else", signToken({ aud: "billing" }), { audience: "orders" }],
    ["for nobody", signToken(), { audience: "orders" }],
    ["of another type", signToken({}, { typ: "JWT" }), { tokenType: "at+jwt" }],
    [
      "older than allowed",
      signToken({ iat: Math.floor(Date.now() / 1000) - 99 }),
      { maxTokenAgeSeconds: 60 },
    ],
    ["without a claim that it needs", signToken(), { requiredClaims: ["exp", "jti"] }],
    ["of nobody", signToken({ sub: "" })],
    ["of something that is no name", signToken({ sub: 42 as unknown as string })],
    ["signed with another secret", signToken({}, { key: SECRET.toUpperCase() })],
  ])("is refused when it is %s", async (_, token, config) => {
    expect(await outcome(await token, config)).toEqual(refused);
  });

  it("is refused as well where nobody has to sign in, so that its sender learns of it", async () => {
    expect(await outcome("a.b.c", { required: false })).toEqual(refused);
  });

  it("tells the log why, and neither log nor client what was in it", async () => {
    const { logger, lines } = createRecordingLogger();
    const auth = new AuthPlugin({ config: { secret: SECRET, audience: "orders" } });
    const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }), { logger });
    const token = await signToken({ aud: "billing", email: "ann@example.com" });
    const response = await call({}, bearer(token));
    const told = JSON.stringify([lines, response]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "debug",
        fields: expect.objectContaining({ reason: "ERR_JWT_CLAIM_VALIDATION_FAILED aud", plugin: "auth" }),
      }),
    );
    for (const secret of [token, "ann@example.com", "billing", SECRET]) expect(told).not.toContain(secret);
  });
});

describe("time", () => {
  it("lets clocks be apart by five seconds, or by what is configured", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const token = await signToken({}, { expiresInSeconds: 60 });
    const status = async (config: AuthConfig) => (await api(config)({}, bearer(token))).statusCode;
    vi.advanceTimersByTime(64_000);
    expect(await status({})).toBe(200);
    expect(await status({ clockToleranceSeconds: 0 })).toBe(401);
    vi.advanceTimersByTime(1_000);
    expect(await status({})).toBe(401);
    expect(await status({ clockToleranceSeconds: 60 })).toBe(200);
  });

  it("takes tokens without an end where none is asked for", async () => {
    const token = await signToken({}, { expiresInSeconds: undefined });
    expect((await api({ requiredClaims: [] })({}, bearer(token))).statusCode).toBe(200);
  });
});

describe("algorithms", () => {
  it.each(["none", "None", "NONE", "nOnE"])("never includes %s", async (alg) => {
    const unsigned = new UnsecuredJWT({ sub: "ann" }).setExpirationTime("1m").encode();
    const [, payload] = unsigned.split(".");
    const header = btoa(JSON.stringify({ alg })).replaceAll("=", "");
    for (const signature of ["", "c2ln"])
      expect((await api()({}, bearer(`${header}.${payload}.${signature}`))).error?.code).toBe(
        "TOKEN_INVALID",
      );
  });

  it("are those that are listed", async () => {
    const token = await signToken({}, { alg: "HS512" });
    expect((await api()({}, bearer(token))).statusCode).toBe(401);
    expect((await api({ algorithms: ["HS512"] })({}, bearer(token))).statusCode).toBe(200);
    expect((await api({ algorithms: ["HS512"] })({}, bearer(await signToken()))).statusCode).toBe(401);
  });
});

describe("secrets", () => {
  it("may be several, while one replaces another", async () => {
    const call = api({ secret: [SECRET, SECRET.toUpperCase()] });
    const statusOf = async (key: string) => (await call({}, bearer(await signToken({}, { key })))).statusCode;
    expect(await statusOf(SECRET)).toBe(200);
    expect(await statusOf(SECRET.toUpperCase())).toBe(200);
    expect(await statusOf(`${SECRET}!`)).toBe(401);
  });
});

describe("roles", () => {
  it("are a 403 for a user who has none of them", async () => {
    const { statusCode, headers, error } = await api({ roles: ["admin"] })(
      {},
      bearer(await signToken({ roles: ["editor"] })),
    );
    expect([statusCode, error?.code]).toEqual([403, "ROLE_MISSING"]);
    expect(headers["www-authenticate"]).toBe('Bearer realm="api", error="insufficient_scope"');
  });

  it("need one of them", async () => {
    const token = await signToken({ roles: ["editor"] });
    expect((await api({ roles: ["admin", "editor"] })({}, bearer(token))).statusCode).toBe(200);
  });

  it("ask for a token, whatever `required` says", async () => {
    expect((await api({ roles: ["admin"], required: false })()).error?.code).toBe("NOT_AUTHENTICATED");
  });

  it.each<[string, AuthConfig["rolesClaim"], Record<string, unknown>]>([
    ["a claim of another name", "https://example.com/roles", { "https://example.com/roles": ["admin"] }],
    ["a claim inside another", ["realm_access", "roles"], { realm_access: { roles: ["admin"] } }],
    ["text with spaces between", "scope", { scope: "read  admin" }],
  ])("come from %s", async (_, rolesClaim, claims) => {
    const call = api({ roles: ["admin"], ...(rolesClaim && { rolesClaim }) });
    expect((await call({}, bearer(await signToken(claims)))).statusCode).toBe(200);
  });

  it.each([undefined, null, 5, {}, [5, null, ["admin"]], "administrator", { 0: "admin" }])(
    "are not in a claim that is %j",
    async (roles) => {
      expect((await api({ roles: ["admin"] })({}, bearer(await signToken({ roles })))).statusCode).toBe(403);
    },
  );

  it("are not read from what an object inherits", async () => {
    const call = api({ roles: ["Object"], rolesClaim: ["constructor", "name"] });
    expect((await call({}, bearer(await signToken()))).statusCode).toBe(403);
  });
});

describe("jobs", () => {
  it("pass, with whatever they bring", async () => {
    const job = new Func({
      runtime: "job",
      plugins: [new AuthPlugin({ config: { secret: SECRET } })],
      handler: ({ current_user }: InvokeData) => current_user ?? "nobody",
    });
    expect(await job.invoke({})).toBe("nobody");
    expect(await job.invoke({ event: { headers: { authorization: "Bearer no" } } })).toBe("nobody");
  });
});

describe("a function without HTTP around it", () => {
  it("takes a token from the headers that its event has, if any", async () => {
    const func = new Func({
      plugins: [new AuthPlugin({ config: { secret: SECRET, cookie: { name: "token" } } })],
      handler: ({ current_user }: InvokeData) => current_user?.id,
    });
    expect(await func.invoke({ event: bearer(await signToken()) })).toBe("ann");
    await expect(func.invoke({})).rejects.toMatchObject({ statusCode: 401, code: "NOT_AUTHENTICATED" });
    await expect(func.invoke({ event: undefined })).rejects.toBeInstanceOf(HttpError);
  });
});

describe("the hook itself", () => {
  it("refuses to run unmounted", async () => {
    const auth = new AuthPlugin({ config: { secret: SECRET, required: false } });
    const func = new Func({
      plugins: [{ type: "t", name: "t", onInvoke: (data, next) => auth.onInvoke(data, next) }],
      handler: () => "reached",
    });
    await expect(func.invoke({ logger: silentLogger })).rejects.toMatchObject({ code: "MOUNT_INCOMPLETE" });
  });
});

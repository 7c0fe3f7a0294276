import { defineApi } from "@x/server";
import { createTestApp, testApi, type TestRequest } from "@x/server/testing";
import { describe, expect, it } from "vitest";
import { type AuthConfig, AuthPlugin, type CookieTokenConfig } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

function api(cookie: Partial<CookieTokenConfig> = {}, config: AuthConfig = {}) {
  const auth = new AuthPlugin({
    config: { secret: SECRET, cookie: { name: "token", ...cookie }, ...config },
  });
  return testApi(
    defineApi({
      method: ["POST", "GET"],
      plugins: [auth],
      handler: ({ current_user }) => current_user?.id ?? null,
    }),
  );
}

async function withCookie(headers: Record<string, string> = {}, method = "POST"): Promise<TestRequest> {
  return { method, cookie: { token: await signToken() }, headers: { host: "app.example", ...headers } };
}

describe("a token in a cookie", () => {
  it("is taken where the header has none", async () => {
    expect((await api()({}, await withCookie())).data).toBe("ann");
  });

  it("gives way to the header, good or bad", async () => {
    const bob = bearer(await signToken({ sub: "bob" })).headers;
    expect((await api()({}, await withCookie(bob))).data).toBe("bob");
    expect((await api()({}, await withCookie({ authorization: "Bearer no" }))).error?.code).toBe(
      "TOKEN_INVALID",
    );
  });

  it("is taken beside credentials of another kind, and without any header", async () => {
    expect((await api()({}, await withCookie({ authorization: "Basic YW5uOnB3" }))).data).toBe("ann");
    expect(
      (await api({}, { header: false })({}, await withCookie({ authorization: "Bearer no" }))).data,
    ).toBe("ann");
  });

  it.each([undefined, "", "%", "a.b.c"])("is refused when it is %j", async (token) => {
    const request = token === undefined ? {} : { headers: { cookie: `token=${token}` } };
    expect((await api()({}, request)).statusCode).toBe(401);
  });

  it("locks nobody out where nobody has to sign in", async () => {
    const expired = await signToken({}, { expiresInSeconds: -60 });
    const { statusCode, data } = await api({}, { required: false })({}, { cookie: { token: expired } });
    expect([statusCode, data]).toEqual([200, null]);
  });

  it("is not looked for unless a cookie is configured", async () => {
    const auth = new AuthPlugin({ config: { secret: SECRET } });
    const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }));
    expect((await call({}, await withCookie())).error?.code).toBe("NOT_AUTHENTICATED");
  });
});

describe("a request that a page of another origin has a browser send", () => {
  const FOREIGN: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "made-up" },
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { origin: "https://evil.example" },
    { origin: "https://app.example.evil.example" },
    { origin: "https://app.example:8443" },
    { origin: "null" },
    { origin: "" },
  ];

  it.each(FOREIGN)("is a 403: %j", async (headers) => {
    const { statusCode, error } = await api()({}, await withCookie(headers));
    expect([statusCode, error?.code]).toEqual([403, "CROSS_ORIGIN_TOKEN"]);
  });

  it.each(FOREIGN)("comes from nobody where nobody has to sign in: %j", async (headers) => {
    expect((await api({}, { required: false })({}, await withCookie(headers))).data).toBeNull();
  });

  it("may read: what changes nothing is for the browser to protect", async () => {
    const request = await withCookie({ "sec-fetch-site": "cross-site" }, "GET");
    expect((await api()(undefined, request)).statusCode).toBe(200);
  });

  it("passes with a token in the header, which no browser adds by itself", async () => {
    const headers = { ...bearer(await signToken()).headers, "sec-fetch-site": "cross-site" };
    expect((await api()({}, { headers })).statusCode).toBe(200);
  });

  it("passes where its origin is allowed, or where nothing is checked", async () => {
    const headers = { "sec-fetch-site": "same-site", origin: "https://www.example" };
    expect(
      (await api({ allowedOrigins: ["https://www.example"] })({}, await withCookie(headers))).statusCode,
    ).toBe(200);
    expect(
      (await api({ allowedOrigins: ["http://www.example"] })({}, await withCookie(headers))).statusCode,
    ).toBe(403);
    expect((await api({ checkOrigin: false })({}, await withCookie(headers))).statusCode).toBe(200);
  });
});

describe("over a connection", () => {
  it("the cookie of one's own page is taken, that of another's is not", async () => {
    const auth = new AuthPlugin({ config: { secret: SECRET, cookie: { name: "__Host-token" } } });
    const whoAmI = defineApi({ plugins: [auth], handler: ({ current_user }) => current_user?.id });
    await using app = createTestApp({ routes: { api: whoAmI } });
    const { url } = await app.listen({ port: 0, signals: false });
    const token = await signToken();
    const call = (origin: string) =>
      fetch(`${url}/api`, { method: "POST", headers: { origin, cookie: `a=b; __Host-token=${token}` } });
    const own = await call(url);
    expect([own.status, await own.json()]).toEqual([200, "ann"]);
    const foreign = await call("http://127.0.0.1:1");
    expect([foreign.status, await foreign.json()]).toMatchObject([403, { code: "CROSS_ORIGIN_TOKEN" }]);
    const nobody = await fetch(`${url}/api`, { method: "POST" });
    expect([nobody.status, nobody.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="api"']);
    await nobody.body?.cancel();
  });
});

describe("a request of one's own page", () => {
  it.each<Record<string, string>>([
    { "sec-fetch-site": "same-origin", origin: "https://behind-a-proxy.example" },
    { "sec-fetch-site": "none" },
    { origin: "https://app.example" },
    { origin: "https://app.example:8443", host: "app.example:8443" },
  ])("passes: %j", async (headers) => {
    expect((await api()({}, await withCookie(headers))).statusCode).toBe(200);
  });
});

import { defineApi, HttpError } from "@x/server";
import { testApi } from "@x/server/testing";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { assertUser, type AuthOptions, AuthPlugin } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

/** The user of one plugin's tests; another file may choose other ones. */
function api(options: AuthOptions) {
  const auth = new AuthPlugin({ config: { secret: SECRET }, ...options });
  return testApi(defineApi({ plugins: [auth], handler: ({ current_user }) => current_user }));
}

describe("mapUser", () => {
  it("makes the user of the claims and the request, also later", async () => {
    const call = api({
      mapUser: async ({ sub = "" }, { event }) => ({
        id: `${sub} at ${event.path}`,
        roles: ["any"],
        claims: {},
      }),
    });
    expect((await call({}, { ...bearer(await signToken()), path: "/orders" })).data).toEqual({
      id: "ann at /orders",
      roles: ["any"],
      claims: {},
    });
  });

  it.each([null, undefined])("refuses the token of a user who is no longer there: %j", async (user) => {
    const { error } = await api({ mapUser: () => user })({}, bearer(await signToken()));
    expect(error?.code).toBe("TOKEN_INVALID");
  });

  it("decides about users without a name of their own", async () => {
    const call = api({ mapUser: () => ({ id: "machine", roles: [], claims: {} }) });
    expect((await call({}, bearer(await signToken({ sub: "" })))).statusCode).toBe(200);
  });

  it("may refuse in its own words, and hides what it throws else", async () => {
    const blocked = new HttpError({ statusCode: 403, code: "BLOCKED", message: "pay first" });
    const call = api({
      mapUser: ({ sub }) => Promise.reject(sub === "ann" ? blocked : new Error("db: password")),
    });
    expect((await call({}, bearer(await signToken()))).error).toMatchObject({ code: "BLOCKED" });
    const { statusCode, error } = await call({}, bearer(await signToken({ sub: "bob" })));
    expect([statusCode, JSON.stringify(error).includes("password")]).toEqual([500, false]);
  });

  it("does not change which roles count", async () => {
    const call = api({
      config: { secret: SECRET, roles: ["admin"] },
      mapUser: () => ({ id: "ann", roles: ["admin"], claims: {} }),
    });
    expect((await call({}, bearer(await signToken()))).statusCode).toBe(403);
  });
});

describe("verify", () => {
  const own = (verify: NonNullable<AuthOptions["verify"]>) => api({ config: {}, verify });

  it("checks tokens in place of a key", async () => {
    const call = own((token) => (token === "opaque" ? { sub: "ann" } : null));
    expect((await call({}, bearer("opaque"))).data).toMatchObject({ id: "ann" });
    expect((await call({}, bearer("made-up"))).error?.code).toBe("TOKEN_INVALID");
  });

  it("refuses with what jose throws, and with errors of its own", async () => {
    const key = new TextEncoder().encode(SECRET);
    const call = own(async (token) => (await jwtVerify(token, key)).payload);
    expect((await call({}, bearer(await signToken()))).statusCode).toBe(200);
    expect((await call({}, bearer(await signToken({}, { expiresInSeconds: -9 })))).statusCode).toBe(401);
    const broken = own(() => Promise.reject(new Error("unreachable")));
    expect((await broken({}, bearer("opaque"))).statusCode).toBe(500);
  });
});

describe("assertUser", () => {
  const call = testApi(
    defineApi({
      plugins: [new AuthPlugin({ config: { secret: SECRET, required: false } })],
      handler({ current_user }) {
        assertUser(current_user, "editor", "admin");
        return current_user.id;
      },
    }),
  );

  it("lets a user with one of the roles pass", async () => {
    expect((await call({}, bearer(await signToken({ roles: ["admin"] })))).data).toBe("ann");
  });

  it("refuses nobody with a 401, and a user without them with a 403", async () => {
    const nobody = await call();
    expect([nobody.statusCode, nobody.error?.code]).toEqual([401, "NOT_AUTHENTICATED"]);
    const reader = await call({}, bearer(await signToken({ roles: ["reader"] })));
    expect([reader.statusCode, reader.error?.code]).toEqual([403, "ROLE_MISSING"]);
  });

  it("asks for anybody where it names no role, also for users of another shape", () => {
    const user: { readonly name: string } | null = { name: "Ann" };
    expect(() => assertUser(user)).not.toThrow();
    expect(() => assertUser(undefined)).toThrow(expect.objectContaining({ statusCode: 401 }));
  });
});

describe("two instances", () => {
  const machines = "a secret of machines, which is not that of the people";
  const plugins = () => [
    new AuthPlugin({ config: { secret: SECRET, required: false } }),
    new AuthPlugin({
      name: "machine-auth",
      config: { secret: machines, header: "x-machine", required: false, userField: "current_machine" },
    }),
  ];

  it("find out about two callers of one request", async () => {
    const call = testApi(
      defineApi({
        plugins: plugins(),
        handler: (data) => ({ user: data.current_user?.id, machine: data.current_machine?.id }),
      }),
    );
    const machine = await signToken({ sub: "printer" }, { key: machines });
    const user = bearer(await signToken()).headers;
    const both = { ...user, "x-machine": machine };
    expect((await call({}, { headers: both })).data).toEqual({ user: "ann", machine: "printer" });
    expect((await call({}, { headers: { ...user, "x-machine": await signToken() } })).statusCode).toBe(401);
    expect((await call({}, { headers: user })).data).toEqual({ user: "ann" });
  });

  it("that share a field leave alone whom the other one has found", async () => {
    const call = testApi(
      defineApi({
        plugins: [
          new AuthPlugin({ config: { secret: SECRET, required: false } }),
          new AuthPlugin({
            name: "by-cookie",
            config: { secret: SECRET, required: false, cookie: { name: "t" }, header: false },
          }),
        ],
        handler: ({ current_user }) => current_user?.id ?? null,
      }),
    );
    expect((await call({}, bearer(await signToken()))).data).toBe("ann");
    expect((await call({}, { cookie: { t: await signToken({ sub: "bob" }) } })).data).toBe("bob");
    expect((await call()).data).toBeNull();
  });
});

declare module "@x/server" {
  interface DefineApiInject {
    current_machine?: { readonly id: string } | null;
  }
}

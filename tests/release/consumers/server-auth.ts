// What a user of @x/server-auth writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import AuthByDefault, {
  assertUser,
  type AuthConfig,
  type AuthErrorCode,
  type AuthOptions,
  AuthPlugin,
  type CookieTokenConfig,
  type CurrentUser,
  type JwksConfig,
  type PublicKey,
  type SigningAlgorithm,
  type TokenClaims,
  type TokenUser,
} from "@x/server-auth";
import { defineApi, isServerError, type Plugin, type PluginClass, type PluginOptions } from "@x/server";
import { createTestProject, testApi } from "@x/server/testing";

interface User {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly string[];
}

declare module "@x/server-auth" {
  interface AuthTypes {
    user: User;
  }
  interface TokenClaims {
    readonly tenant?: string;
  }
}

const SECRET = "a secret that has more bytes than thirty-two";
const algorithm: SigningAlgorithm = "HS256";

function sign(claims: TokenClaims & { readonly roles?: readonly string[] }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + 60;
  const signed = `${part({ alg: algorithm })}.${part({ exp, ...claims })}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

// In code, with users and claims of one's own.
const cookie: CookieTokenConfig = { name: "__Host-token", allowedOrigins: ["https://app.example"] };
const config: AuthConfig = { secret: SECRET, algorithms: [algorithm], cookie, issuer: "https://id.example" };
const options: AuthOptions = {
  config,
  mapUser: ({ sub, tenant }) => (sub === "1" ? { id: 1, name: `Ann of ${tenant}`, roles: ["editor"] } : null),
};
const auth: Plugin = new AuthPlugin(options);
assert.deepEqual([auth.type, auth.name], ["auth", "auth"]);
const edit = testApi(
  defineApi({
    plugins: [auth],
    handler({ current_user }) {
      const anybody: CurrentUser | null | undefined = current_user;
      assertUser(anybody, "editor", "admin");
      return anybody.name satisfies string;
    },
  }),
);
const token = sign({ sub: "1", tenant: "acme", iss: "https://id.example" });
assert.equal((await edit({}, bearer(token))).data, "Ann of acme");
assert.equal((await edit({}, { cookie: { "__Host-token": token } })).data, "Ann of acme");
const foreign = { cookie: { "__Host-token": token }, headers: { "sec-fetch-site": "cross-site" } };
const codes: (AuthErrorCode | string | undefined)[] = [
  (await edit()).error?.code,
  (await edit({}, bearer(sign({ sub: "2", iss: "https://id.example" })))).error?.code,
  (await edit({}, bearer(`${token}x`))).error?.code,
  (await edit({}, foreign)).error?.code,
];
assert.deepEqual(codes, ["NOT_AUTHENTICATED", "TOKEN_INVALID", "TOKEN_INVALID", "CROSS_ORIGIN_TOKEN"]);

// By name in faas.yaml, which finds the package.
const byName: PluginClass = AuthByDefault;
assert.equal(byName, AuthPlugin);
await using project = await createTestProject(
  {
    "faas.yaml": "defaults: { plugins: { auth: { type: auth, config: { secret: '${AUTH_SECRET}' } } } }",
    "admin/faas.yaml": "defaults: { plugins: { auth: { config: { roles: [admin] } } } }",
    "broken/faas.yaml": "defaults: { plugins: { auth: { config: { rols: [admin] } } } }",
  },
  { parent: import.meta.dirname },
);
const at = (file: string) =>
  testApi(defineApi({ handler: ({ current_user }) => current_user?.id }), {
    root: project.root,
    file: project.path(file),
    env: { AUTH_SECRET: SECRET },
  });
assert.equal((await at("me.api.ts")({}, bearer(sign({ sub: "ann" })))).data, "ann");
assert.equal((await at("admin/me.api.ts")({}, bearer(sign({ sub: "ann" })))).error?.code, "ROLE_MISSING");
assert.equal((await at("admin/me.api.ts")({}, bearer(sign({ sub: "ann", roles: ["admin"] })))).data, "ann");
await assert.rejects(
  at("broken/me.api.ts")(),
  (thrown: unknown) =>
    isServerError(thrown) && thrown.code === "INVALID_CONFIG" && !thrown.message.includes(SECRET),
);

// A class of one's own, for what YAML cannot say.
class AppAuth extends AuthPlugin {
  constructor(given: PluginOptions) {
    super({
      ...given,
      verify: (opaque) => ({ sub: opaque }),
      mapUser: () => ({ id: 2, name: "Bob", roles: [] }),
    });
  }
}
const own = testApi(
  defineApi({
    plugins: [new AppAuth({ name: "auth", type: "app" })],
    handler: ({ current_user }) => current_user?.name,
  }),
);
assert.equal((await own({}, bearer("opaque"))).data, "Bob");

const jwks: JwksConfig = { url: "https://id.example/jwks.json", maxAgeSeconds: 600 };
const publicKey: PublicKey = { kty: "OKP", crv: "Ed25519", x: "AAAA" };
const described: Pick<TokenUser, "id" | "roles"> = { id: "ann", roles: [] };
assert.ok([jwks.url, publicKey.kty, described.id].every(Boolean));
// @ts-expect-error users have a name
assert.ok(new AuthPlugin({ mapUser: () => ({ id: 1, roles: [] }) }));
// @ts-expect-error there is no such algorithm
assert.ok(new AuthPlugin({ config: { algorithms: ["none"] } }));
// @ts-expect-error a misspelt option
assert.ok(new AuthPlugin({ config: { isuer: "https://id.example" } }));

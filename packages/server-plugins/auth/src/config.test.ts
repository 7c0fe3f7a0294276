import { inspect } from "node:util";
import { defineApi, isServerError, type PluginConfigValues } from "@x/server";
import { createTestProject, testApi } from "@x/server/testing";
import { describe, expect, it } from "vitest";
import { type AuthConfig, AuthPlugin } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

/** What is wrong with a configuration that code gives, by key path. */
async function faultsOf(config: PluginConfigValues): Promise<string[]> {
  const auth = new AuthPlugin({ config });
  const error: unknown = await defineApi({ plugins: [auth], handler: () => 1 })
    .mount()
    .catch((thrown: unknown) => thrown);
  if (!isServerError(error)) throw new Error("it was mounted");
  expect([error.code, error.plugins]).toEqual(["INVALID_CONFIG", ["auth"]]);
  expect(error.message).not.toContain("hunter2");
  return error.faults.map(({ keyPath = [], message }) => `${keyPath.slice(3).join(".")} ${message}`);
}

const jwks = { url: "https://id.example/jwks.json" };

describe("a configuration with faults", () => {
  it.each<[string, PluginConfigValues, string]>([
    ["no key", {}, " holds no key: give it secret, publicKey or jwks, or verify in code"],
    ["an empty entry", { secret: null }, " holds no key"],
    ["two kinds of key", { secret: SECRET, jwks, audience: "a" }, "jwks stands beside secret"],
    ["a secret that is no text", { secret: 42 }, "secret must be text or a list"],
    ["a list with a hole", { secret: [SECRET, null] }, "secret.1 is empty"],
    ["an unknown key", { secret: SECRET, isuer: "hunter2" }, "isuer is unknown"],
    [
      "an unknown key further in",
      { jwks: { ...jwks, uri: "hunter2" }, audience: "a" },
      "jwks.uri is unknown",
    ],
    [
      "an unknown algorithm",
      { secret: SECRET, algorithms: ["none"] },
      "algorithms.0 must be one of HS256, HS384",
    ],
    ["no algorithm", { secret: SECRET, algorithms: [] }, "algorithms is empty"],
    [
      "one of another kind of key",
      { secret: SECRET, algorithms: ["RS256"] },
      "algorithms.0 RS256 does not go",
    ],
    [
      "HS256 with published keys",
      { jwks, audience: "a", algorithms: ["HS256"] },
      "algorithms.0 HS256 does not go",
    ],
    ["published keys for everybody", { jwks }, "audience is needed with jwks"],
    ["published keys for nobody", { jwks, audience: [] }, "audience is needed with jwks"],
    ["an address without a scheme", { jwks: { url: "id.example" }, audience: "a" }, "jwks.url must be a URL"],
    ["no address", { jwks: {}, audience: "a" }, "jwks.url must be a URL"],
    [
      "an address in the clear",
      { jwks: { url: "http://id.example" }, audience: "a" },
      "jwks.url must begin with https:",
    ],
    [
      "another scheme",
      { jwks: { url: "file:///etc/keys" }, audience: "a" },
      "jwks.url must begin with https:",
    ],
    [
      "a password in an address",
      { jwks: { url: "https://ann:hunter2@id.example" }, audience: "a" },
      "jwks.url must hold no credentials",
    ],
    [
      "a time that is none",
      { secret: SECRET, clockToleranceSeconds: -1 },
      "clockToleranceSeconds must be a whole number from 0",
    ],
    ["a flag that is text", { secret: SECRET, required: "false" }, "required must be true or false"],
    ["no place for a token", { secret: SECRET, header: false }, "header is false, and there is no cookie"],
    ["a header that is none", { secret: SECRET, header: "x y" }, "header is no name of a header"],
    ["a cookie without a name", { secret: SECRET, cookie: {} }, "cookie.name must be the name of a cookie"],
    [
      "a cookie that is none",
      { secret: SECRET, cookie: { name: "a=b" } },
      "cookie.name must be the name of a cookie",
    ],
    [
      "an origin with a path",
      { secret: SECRET, cookie: { name: "t", allowedOrigins: ["https://a.example/"] } },
      "cookie.allowedOrigins.0 must be an origin",
    ],
    ["a realm that breaks its header", { secret: SECRET, realm: 'a"\r\nx: y' }, "realm must be ASCII"],
    ["a field of the framework", { secret: SECRET, userField: "context" }, "userField must be a name"],
    ["a field of every object", { secret: SECRET, userField: "toString" }, "userField must be a name"],
    ["the prototype", { secret: SECRET, userField: "__proto__" }, "userField must be a name"],
    ["a map as a list", { secret: SECRET, roles: { admin: true } }, "roles must be a list"],
  ])("is refused at mount: %s", async (_, config, expected) => {
    expect(await faultsOf(config)).toEqual([expect.stringContaining(expected)]);
  });

  it("is told of all its faults at once", async () => {
    expect(await faultsOf({ jwks: { url: "x" }, realm: '"', userField: "event" })).toHaveLength(4);
  });

  it("can be mended, and the next request mounts it", async () => {
    const api = defineApi({ plugins: [new AuthPlugin()], handler: () => 1 });
    await expect(api.mount()).rejects.toMatchObject({ code: "INVALID_CONFIG" });
    api.config = { plugins: { auth: { config: { secret: SECRET } } } };
    await api.mount();
    expect(api.mounted).toBe(true);
  });
});

describe("a plugin", () => {
  it("shows no key when it is printed", () => {
    const auth = new AuthPlugin({ config: { secret: SECRET, publicKey: "hunter2" } });
    auth.applyConfig({ name: "auth", type: "auth", config: { secret: "hunter2" } });
    const printed = [
      inspect(auth, { depth: 9, showHidden: true }),
      JSON.stringify(auth),
      String(auth),
    ].join();
    expect(printed).toContain("auth");
    expect(printed).not.toMatch(/hunter2|a secret that/);
  });

  it("tells tools which of its configuration is public", () => {
    expect(AuthPlugin.publicConfig).toContain("issuer");
    expect(AuthPlugin.publicConfig).not.toContain("secret");
    expect(AuthPlugin.publicConfig).not.toContain("publicKey");
  });
});

describe("an editor", () => {
  it("is given a JSON Schema of it", () => {
    // Standard Schema alone does not promise one.
    const standard = AuthPlugin.configSchema["~standard"] as unknown as StandardJSONSchema;
    expect(standard.vendor).toBe("x");
    expect(standard.jsonSchema.input({ target: "draft-2020-12" })).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { secret: expect.anything(), jwks: { type: "object" } },
    });
  });
});

interface StandardJSONSchema {
  readonly vendor: string;
  readonly jsonSchema: { input(options: { target: string }): unknown };
}

describe("faas.yaml", () => {
  const yaml = (text: string) =>
    `defaults:\n  plugins:\n    auth:\n      type: ${new URL("./index.ts", import.meta.url).href}\n${text}`;
  const files = {
    "faas.yaml": yaml("      config:\n        secret: ${AUTH_SECRET}\n        issuer: https://id.example\n"),
    "admin/faas.yaml": "defaults: { plugins: { auth: { config: { roles: [admin] } } } }\n",
  };
  const env = { AUTH_SECRET: SECRET };
  const whoami = () => defineApi({ handler: ({ current_user }) => current_user?.id });

  it("configures it, deeper files over those above", async () => {
    await using project = await createTestProject(files);
    const user = bearer(await signToken({ iss: "https://id.example" }));
    const admin = bearer(await signToken({ iss: "https://id.example", roles: ["admin"] }));
    const open = testApi(whoami(), { root: project.root, file: project.path("me.api.ts"), env });
    const closed = testApi(whoami(), { root: project.root, file: project.path("admin/me.api.ts"), env });
    expect((await open({}, user)).data).toBe("ann");
    expect((await open()).error?.code).toBe("NOT_AUTHENTICATED");
    expect((await closed({}, user)).error?.code).toBe("ROLE_MISSING");
    expect((await closed({}, admin)).data).toBe("ann");
    expect((await open({}, bearer(await signToken()))).error?.code).toBe("TOKEN_INVALID");
  });

  it("lies over what code gives, and code's api.config over both", async () => {
    await using project = await createTestProject({
      "faas.yaml":
        "defaults: { plugins: { auth: { config: { issuer: https://id.example, cookie: { name: t } } } } }\n",
    });
    const config: AuthConfig = {
      secret: SECRET,
      issuer: "code",
      cookie: { name: "code", checkOrigin: false },
    };
    const api = defineApi({
      plugins: [new AuthPlugin({ config })],
      config: { plugins: { auth: { config: { realm: "from api.config" } } } },
      handler: () => 1,
    });
    const call = testApi(api, { root: project.root, file: project.path("me.api.ts") });
    const request = {
      cookie: { t: await signToken({ iss: "https://id.example" }) },
      headers: { origin: "https://evil.example" },
    };
    expect((await call({}, request)).statusCode).toBe(200);
    expect((await call()).headers["www-authenticate"]).toBe('Bearer realm="from api.config"');
  });

  it("has a request refused before its body is read, where it names the plugin before http", async () => {
    const entry = "      config: { secret: '${AUTH_SECRET}' }\n";
    await using project = await createTestProject({
      "faas.yaml": yaml(`${entry}    http: {}\n`),
      "late/faas.yaml": "defaults: { plugins: { http: {} } }\n",
    });
    const broken = { headers: { "content-type": "application/json" } };
    const early = testApi(whoami(), { root: project.root, file: project.path("me.api.ts"), env });
    expect((await early("{", broken)).error?.code).toBe("NOT_AUTHENTICATED");
    await project.write({ "faas.yaml": yaml(entry).replace("plugins:\n", "plugins:\n    http: {}\n") });
    const late = testApi(whoami(), { root: project.root, file: project.path("late/me.api.ts"), env });
    expect((await late("{", broken)).statusCode).toBe(400);
  });

  it("is told of faults with file, line and column, and of no secret", async () => {
    await using project = await createTestProject({
      "faas.yaml": yaml(
        "      config:\n        secret: ${AUTH_SECRET}\n        rols: [admin]\n        required: hunter2\n",
      ),
    });
    const api = whoami();
    const call = testApi(api, { root: project.root, file: project.path("me.api.ts"), env });
    const error: unknown = await call().catch((thrown: unknown) => thrown);
    if (!isServerError(error)) throw new Error("it was mounted");
    expect(error.faults).toMatchObject([
      { line: 7, column: 9, keyPath: ["defaults", "plugins", "auth", "config", "rols"] },
      { line: 8, column: 9, message: "must be true or false" },
    ]);
    expect(error.faults[0]?.message).toContain('Did you mean "roles"?');
    expect(error.message).not.toMatch(/hunter2|a secret that/);
  });
});

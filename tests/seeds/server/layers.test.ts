import { defineApi, type InvokeData, type Next, type Plugin, type PluginOptions } from "@x/server";
import { createTestProject, testApi } from "@x/server/testing";
import { describe, expect, it } from "vitest";

const ROOT_YAML = `
defaults:
  plugins:
    auth:
      type: file://./plugins/auth.ts
      config:
        provider: jwt
        secret: base-secret
`;

const ADMIN_YAML = `
defaults:
  plugins:
    auth:
      config:
        secret: admin-secret
`;

/** A plugin file as a project has it, which hands its configuration to the handler. */
const AUTH_PLUGIN = `
export class AuthPlugin {
  readonly type = 'auth'
  readonly name = 'auth'
  readonly config: Record<string, unknown>

  constructor({ config }: { config: Record<string, unknown> }) {
    this.config = config
  }

  async onInvoke(data: { seen?: unknown }, next: () => Promise<void>) {
    // A copy: the original shows its values to nobody who prints or sends it.
    data.seen = structuredClone(this.config)
    await next()
  }
}
`;

const createLayers = () =>
  createTestProject({
    "faas.yaml": ROOT_YAML,
    "plugins/auth.ts": AUTH_PLUGIN,
    "admin/faas.yaml": ADMIN_YAML,
  });

const showSeen = () => defineApi({ handler: (data) => Reflect.get(data, "seen") });

describe("configuration from three sources", () => {
  it("is the root's in the root", async () => {
    await using project = await createLayers();
    const handler = testApi(showSeen(), { root: project.root, file: project.path("list.api.ts") });
    expect((await handler()).data).toEqual({ provider: "jwt", secret: "base-secret" });
  });

  it("is the deeper file's where that speaks", async () => {
    await using project = await createLayers();
    const handler = testApi(showSeen(), { root: project.root, file: project.path("admin/list.api.ts") });
    expect((await handler()).data).toEqual({ provider: "jwt", secret: "admin-secret" });
  });

  it("B-64: is the code's before all: provider remains jwt, secret becomes code-secret", async () => {
    await using project = await createLayers();
    const api = showSeen();
    api.config = {
      plugins: {
        auth: { config: { secret: "code-secret" } },
      },
    };
    const handler = testApi(api, { root: project.root, file: project.path("admin/list.api.ts") });
    expect((await handler()).data).toEqual({ provider: "jwt", secret: "code-secret" });
  });
});

describe("faas.yaml", () => {
  it("registers plugins by type, http without one, with secrets from the environment", async () => {
    await using project = await createTestProject({
      "plugins/auth.ts": AUTH_PLUGIN,
      "faas.yaml": `
# src/faas.yaml
defaults:
  plugins:
    http:
      type: http
      config:
        cookie:
          secure: false
    auth:
      type: file://./plugins/auth.ts
      config:
        provider: jwt
        secret: \${AUTH_SECRET}
`,
    });
    const handler = testApi(showSeen(), {
      root: project.root,
      file: project.path("list.api.ts"),
      env: { AUTH_SECRET: "from-env" },
    });
    expect((await handler()).data).toEqual({ provider: "jwt", secret: "from-env" });
  });
});

describe("applyConfig", () => {
  class AuthPlugin implements Plugin {
    public readonly type = "auth";
    public readonly name = "auth";
    public config: Record<string, any> = {};

    public applyConfig(config: { type: string; name: string; config?: Record<string, any> }) {
      // Custom merge logic
      this.config = {
        provider: config.config?.provider || "jwt",
        secret: config.config?.secret || process.env.AUTH_SECRET,
      };
    }

    public async onInvoke(data: InvokeData, next: Next) {
      await next();
      data.response = structuredClone(this.config);
    }
  }

  class MergedPlugin implements Plugin {
    public readonly type = "auth";
    public readonly name = "auth";
    public config: NonNullable<PluginOptions["config"]> = { algorithms: ["HS256"], nested: { kept: true } };

    public async onInvoke(data: InvokeData, next: Next) {
      await next();
      data.response = structuredClone(this.config);
    }
  }

  const YAML = "defaults: { plugins: { auth: { config: { secret: yaml-secret, nested: { added: 1 } } } } }";

  it("gets what YAML says for a plugin that code registered", async () => {
    await using project = await createTestProject({ "faas.yaml": YAML });
    const api = defineApi({ plugins: [new AuthPlugin()], handler: () => {} });
    const handler = testApi(api, { root: project.root, file: project.path("list.api.ts") });
    expect((await handler()).data).toEqual({ provider: "jwt", secret: "yaml-secret" });
  });

  it("is a deep merge into config where the plugin has none of its own", async () => {
    await using project = await createTestProject({ "faas.yaml": YAML });
    const api = defineApi({ plugins: [new MergedPlugin()], handler: () => {} });
    const handler = testApi(api, { root: project.root, file: project.path("list.api.ts") });
    expect((await handler()).data).toEqual({
      algorithms: ["HS256"],
      nested: { kept: true, added: 1 },
      secret: "yaml-secret",
    });
  });

  it("is not called where no configuration exists for the name", async () => {
    const api = defineApi({ plugins: [new AuthPlugin()], handler: () => {} });
    expect((await testApi(api)()).data).toEqual({});
  });
});

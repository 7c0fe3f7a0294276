/** A project that follows the whole checklist, by file. Its plugins come from YAML, from code and from a factory. */
export const healthyProject: Readonly<Record<string, string>> = {
  "src/faas.yaml": `defaults:
  plugins:
    http:
      config:
        cookie:
          secure: false
    auth:
      type: file://./plugins/auth.ts
      public: [provider]
      config:
        provider: jwt
        secret: base-secret
    database:
      type: ./plugins/database
      config:
        pool: 5
`,
  "src/admin/faas.yaml": `defaults:
  plugins:
    auth:
      config:
        secret: admin-secret
`,
  "src/plugins/auth.ts": `import { HttpError, type InvokeData, type Next, type Plugin, type PluginOptions } from "@x/server";

declare module "@x/server" {
  interface DefineApiInject {
    current_user?: { id: number; name: string } | null;
  }
}

export class AuthPlugin implements Plugin {
  public readonly type = "auth";
  public readonly name = "auth";
  public config: { provider?: string; secret?: string } = {};

  constructor(options?: PluginOptions) {
    this.applyConfig(options);
  }

  public applyConfig(options?: PluginOptions) {
    this.config = { ...options?.config };
  }

  public async onInvoke(data: InvokeData, next: Next) {
    if (data.context.runtime !== "api") {
      await next();
      return;
    }
    const token = data.event.headers?.["authorization"];
    if (token === "bad") throw new HttpError({ statusCode: 401, message: "who are you?" });
    data.current_user = token ? { id: 1, name: "Ada" } : null;
    await next();
  }
}
`,
  "src/plugins/database.ts": `import type { InvokeData, MountData, Next, Plugin } from "@x/server";

export default class Database implements Plugin {
  readonly type = "database";
  readonly name = "database";

  async onMount(data: MountData, next: Next) {
    data.logger.debug("connected");
    await next();
  }

  async onInvoke(data: InvokeData, next: Next) {
    try {
      await this.begin();
      await next();
      await this.end("commit");
    } catch (error) {
      await this.end("rollback");
      throw error;
    }
  }

  private async begin() {}
  private async end(_how: string) {}
}
`,
  "src/plugins/audit.ts": `import type { Plugin } from "@x/server";

export function audit(): Plugin {
  return {
    type: "audit",
    name: "audit",
    onInvoke: async (_data, next) => {
      await next();
    },
  };
}
`,
  "src/hello.api.ts": `import { defineApi, type InvokeData, type Next, type Plugin } from "@x/server";
import { audit } from "./plugins/audit.ts";

class TracePlugin implements Plugin {
  readonly type = "@/plugins/trace";
  readonly name = "trace";

  async onInvoke(data: InvokeData, next: Next) {
    const start = Date.now();
    await next();
    data.logger.debug("request took %dms", Date.now() - start);
  }
}

export default defineApi({
  method: ["GET", "POST"],
  plugins: [audit(), new TracePlugin()],
  handler: ({ current_user }) => ({ hello: current_user?.name ?? "stranger" }),
});
`,
  "src/admin/list.api.ts": `import { defineApi } from "@x/server";

const api = defineApi({ handler: () => [1, 2] });
api.config = { plugins: { auth: { config: { secret: "code-secret" } } } };
export default api;
`,
  "src/__tests__/hello.test.ts": `import { testApi } from "@x/server/testing";
import api from "../hello.api.ts";

const handler = testApi(api, { file: new URL("../hello.api.ts", import.meta.url) });
console.log((await handler()).statusCode);
`,
};

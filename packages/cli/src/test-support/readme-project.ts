/** The project on which the README shows the commands. */
export const readmeProject: Readonly<Record<string, string>> = {
  "src/faas.yaml": `defaults:
  plugins:
    auth:
      type: ./plugins/auth.ts
      public: [provider]
      config:
        provider: jwt
        secret: \${AUTH_SECRET:-for-development}
`,
  "src/admin/faas.yaml": `defaults:
  plugins:
    auth:
      config:
        secret: \${ADMIN_SECRET:-for-development}
`,
  "src/plugins/auth.ts": `import type { InvokeData, Next, Plugin, PluginOptions } from "@x/server";

declare module "@x/server" {
  interface DefineApiInject {
    current_user?: { id: number } | null;
  }
}

export class AuthPlugin implements Plugin {
  readonly type = "auth";
  readonly name = "auth";
  readonly config: unknown;

  constructor(options?: PluginOptions) {
    this.config = options?.config;
  }

  async onInvoke(data: InvokeData, next: Next) {
    data.current_user = data.event.headers["authorization"] ? { id: 1 } : null;
    await next();
  }
}
`,
  "src/plugins/tenant.ts": `import type { InvokeData, Next, Plugin } from "@x/server";

export class TenantPlugin implements Plugin {
  readonly type = "tenant";
  name = "tenant";

  async onInvoke(data: InvokeData, next: Next) {
    data.tenant = "acme";
    try {
      await next();
    } catch (error) {
      data.logger.warn({ err: error }, "once more");
      await next();
    }
  }
}
`,
  "src/orders/price.ts": "export const price = 10;\n",
  "src/orders/create.api.ts": `import { defineApi, type InvokeData, type Next } from "@x/server";
import { price } from "./price.ts";

class Trace {
  readonly type = "trace";
  readonly name = "trace";

  async onInvoke(data: InvokeData, next: Next) {
    const startedAt = performance.now();
    await next();
    data.logger.debug("took %dms", performance.now() - startedAt);
  }
}

export default defineApi({ plugins: [new Trace()], handler: () => ({ id: 1, price }) });
`,
  "src/orders/list.api.ts": `import { defineApi } from "@x/server";

export default defineApi({ method: "GET", handler: ({ current_user }) => (current_user ? [1] : []) });
`,
  "src/admin/report.api.ts": `import { defineApi } from "@x/server";

const api = defineApi({ method: ["GET", "POST"], handler: () => "all is well" });
api.config = { plugins: { auth: { config: { secret: "for-this-api" } } } };
export default api;
`,
  "src/__tests__/orders.test.ts": `import { testApi } from "@x/server/testing";
import create from "../orders/create.api.ts";
import list from "../orders/list.api.ts";

await testApi(create)();
await testApi(list, { file: new URL("../orders/list.api.ts", import.meta.url) })();
`,
};

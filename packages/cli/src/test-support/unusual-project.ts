/** Plugins that are right in unusual ways, by file, but for one field that a function elsewhere sets. */
export const unusualProject: Readonly<Record<string, string>> = {
  "src/faas.yaml": `production:
  plugins:
    later:
      type: ./plugins/later.js
`,
  "src/plugins/base.ts": `import type { InvokeData, MountData, Next, Plugin } from "@x/server";

export abstract class Base implements Plugin {
  abstract readonly type: string;
  abstract readonly name: string;

  async onMount(_data: MountData, next: Next) {
    await next();
  }

  async onInvoke(data: InvokeData, next: Next) {
    await this.around(data, next);
  }

  protected abstract around(data: InvokeData, next: Next): Promise<void>;
}
`,
  "src/plugins/derived.ts": `import type { InvokeData, Next } from "@x/server";
import { Base } from "./base.ts";
import { stamp } from "./stamp.ts";

export class Derived extends Base {
  readonly type = "derived";
  get name() {
    return "derived";
  }

  protected async around(data: InvokeData, next: Next) {
    stamp(data);
    await next();
  }
}
`,
  "src/plugins/stamp.ts": `import type { InvokeData } from "@x/server";

declare module "@x/server" {
  interface DefineApiInject {
    stampedAt?: number;
  }
}

export function stamp(data: InvokeData) {
  data.stampedAt = Date.now();
  data.response = undefined;
  (data as InvokeData & { stampedBy: string }).stampedBy = "us";
}
`,
  "src/plugins/constant.ts": `import type { InvokeData, Next } from "@x/server";

const hooks = {
  async onInvoke(_data: InvokeData, next: Next) {
    await next();
  },
};

export default { type: "constant", name: "constant", ...hooks };
`,
  "src/plugins/later.js": `export default class Later {
  type = "later";
  name = "later";
  async onInvoke(data, next) {
    data.anything = 1;
    return next();
  }
}
`,
  "src/widget.ts": `export class Widget {
  onMount(element: { id: string }) {
    return element.id;
  }
}
`,
  "src/all.api.ts": `import { defineApi, type Plugin } from "@x/server";
import constant from "./plugins/constant.ts";
import { Derived } from "./plugins/derived.ts";

const make = (name: string): Plugin => ({ type: "made", name, onInvoke: (_data, next) => next() });

export default defineApi({ plugins: [new Derived(), constant, make("first"), make("second")], handler: () => 1 });
`,
  "test/app.spec.ts": `import { createTestApp } from "@x/server/testing";

await using app = createTestApp({ root: new URL("../src", import.meta.url) });
await app.fetch(new Request("http://localhost/all", { method: "POST" }));
`,
};

const IMPORT = `import type { InvokeData, MountData, Next, Plugin } from "@x/server";`;
const KEEP = "export type Used = InvokeData | MountData | Next | Plugin;";

/** A plugin's file: its first member is in line 4. */
function plugin(className: string, ...members: readonly string[]): string {
  return [IMPORT, KEEP, `export class ${className} {`, ...members, "}", ""].join("\n");
}

const PASSES_ON = "  async onInvoke(_data: InvokeData, next: Next) { await next(); }";

/** A project with one fault of each kind, a file each. */
export const faultyProject: Readonly<Record<string, string>> = {
  "src/all.api.ts": `import { defineApi } from "@x/server";
import { NameLess } from "./plugins/nameless.ts";
import { Numbered } from "./plugins/numbered.ts";
import { Writable } from "./plugins/writable.ts";
import { Idle } from "./plugins/idle.ts";
import { Undeclared } from "./plugins/undeclared.ts";
import { Twice } from "./plugins/twice.ts";
import { Never } from "./plugins/never.ts";
import { Loose } from "./plugins/loose.ts";
import { Mocked } from "./plugins/mocked.ts";
import { Unstable } from "./plugins/unstable.ts";

export const made = [NameLess, Numbered, Writable, Idle, Undeclared, Twice, Never, Loose, Mocked, Unstable];
export default defineApi({ handler: () => made.length });
`,
  "src/plugins/nameless.ts": plugin("NameLess", '  readonly type = "nameless";', PASSES_ON),
  "src/plugins/numbered.ts": plugin(
    "Numbered",
    '  readonly type = "numbered";',
    "  readonly name: number = 1;",
    PASSES_ON,
  ),
  "src/plugins/writable.ts": plugin(
    "Writable",
    '  readonly type = "writable";',
    '  name = "writable" as const;',
    PASSES_ON,
  ),
  "src/plugins/idle.ts": plugin(
    "Idle implements Plugin",
    '  readonly type = "idle";',
    '  readonly name = "idle";',
  ),
  "src/plugins/undeclared.ts": plugin(
    "Undeclared",
    '  readonly type = "undeclared"; readonly name = "undeclared";',
    "  // What it sets is declared nowhere.",
    "  async onInvoke(data: InvokeData, next: Next) {",
    '    data.tenant = "acme";',
    '    Object.assign(data, { region: "eu", requestId: "1" });',
    "    await next();",
    "  }",
  ),
  "src/plugins/forgotten.ts": plugin(
    "Forgotten",
    '  readonly type = "forgotten";',
    '  readonly name = "forgotten";',
    PASSES_ON,
  ),
  "src/plugins/twice.ts": plugin(
    "Twice",
    '  readonly type = "twice"; readonly name = "twice";',
    "",
    "  async onInvoke(_data: InvokeData, next: Next) {",
    "    await next();",
    "    await next();",
    "  }",
  ),
  "src/plugins/never.ts": plugin(
    "Never",
    '  readonly type = "never"; readonly name = "never";',
    "",
    "  async onMount(data: MountData, _next: Next) {",
    '    data.logger.debug("ready");',
    "  }",
  ),
  "src/plugins/loose.ts": plugin(
    "Loose",
    '  readonly type = "loose"; readonly name = "loose";',
    "",
    "  onInvoke(_data: InvokeData, next: Next) {",
    "    next();",
    "  }",
  ),
  "src/plugins/mocked.ts": plugin(
    "Mocked",
    '  readonly type = "mocked";',
    '  readonly name = "mocked";',
    PASSES_ON,
  ),
  "src/plugins/unstable.ts": plugin(
    "Unstable",
    '  readonly type = "unstable";',
    "  readonly name = `plugin-${crypto.randomUUID()}`;",
    PASSES_ON,
  ),
  "src/__tests__/mocked.test.ts": `import { Mocked } from "../plugins/mocked.ts";

const plugin = new Mocked();
await plugin.onInvoke({} as never, async () => {});
`,
  "src/twins.api.ts": `import { defineApi } from "@x/server";
const twin = () => ({ type: "twin", name: "twin", onInvoke: async (_: unknown, next: () => Promise<void>) => next() });
export default defineApi({ plugins: [twin(), twin()], handler: () => 1 });
`,
  "src/broken.api.ts": `import { defineApi } from "@x/server";
throw new Error("thrown by the module");
export default defineApi({ handler: () => 1 });
`,
};

import type { PluginNames } from "../plugin-names.ts";
import { toImport } from "./to-import.ts";

/** A server plugin that works, small enough to be read in a minute and replaced in the next. */
export function serverSources(names: PluginNames): Readonly<Record<string, string>> {
  const { word } = names;
  return {
    "src/index.ts": index(names),
    [`src/${word}-config.ts`]: config(names),
    [`src/${word}-plugin.ts`]: plugin(names),
    [`src/${word}-plugin.test.ts`]: test(names),
    [`src/${word}-plugin.test-d.ts`]: typeTest(names),
    "src/contract.test.ts": contract(names),
  };
}

const index = ({ word, pascal }: PluginNames) => `\
export type { ${pascal}Config, ${pascal}Options } from "./${word}-config.ts";
export { type ${pascal}, ${pascal}Plugin, ${pascal}Plugin as default } from "./${word}-plugin.ts";
`;

const config = ({ camel, pascal, core }: PluginNames) => `\
import { defineConfigSchema, type PluginOptions } from "${core}";

/** What stands under \`config\` of the plugin, in \`faas.yaml\` and in code. */
export interface ${pascal}Config {
  /** From when on a request is slow, in milliseconds. Default: 1,000. */
  readonly slowMs?: number | undefined;
}

/** Options of \`new ${pascal}Plugin\`. From \`faas.yaml\` come all three. */
export interface ${pascal}Options extends Partial<Omit<PluginOptions, "config">> {
  readonly config?: ${pascal}Config | undefined;
}

/** Checks \`config\`, and completes \`faas.yaml\` in editors. */
export const ${camel}ConfigSchema = defineConfigSchema<${pascal}Config>({
  type: "object",
  additionalProperties: false,
  properties: {
    slowMs: {
      type: "integer",
      minimum: 0,
      description: "From when on a request is slow, in milliseconds. Default: 1000.",
    },
  },
});
`;

/** What \`faas.yaml\` calls the plugin's module. */
const typeOf = (names: PluginNames) => (names.vendor === undefined ? names.word : names.package);

const plugin = (names: PluginNames) => {
  const { word, camel, pascal, plugin: name, package: packageName, core } = names;
  return `\
import type { ConfigSchema, InvokeData, Next, Plugin, PluginOptions } from "${core}";
${toImport([`${camel}ConfigSchema`, `type ${pascal}Config`, `type ${pascal}Options`], `./${word}-config.ts`)}

/** What the plugin puts on \`data\`. */
export interface ${pascal} {
  /** When the request came, in milliseconds of \`performance.now()\`. */
  readonly startedAt: number;
}

declare module "${core}" {
  interface DefineApiInject {
    ${camel}?: ${pascal};
  }
}

const DEFAULT_SLOW_MS = 1_000;

/**
 * Logs requests and jobs that take long.
 *
 * @example
 * \`\`\`ts
 * import { defineApi } from "${core}";
 * import { ${pascal}Plugin } from "${packageName}";
 *
 * export default defineApi({
 *   plugins: [new ${pascal}Plugin({ config: { slowMs: 500 } })],
 *   handler: () => "hello",
 * });
 * \`\`\`
 */
export class ${pascal}Plugin implements Plugin {
  /** Checks \`config\`, and completes \`faas.yaml\` in editors. */
  static readonly configSchema: ConfigSchema<${pascal}Config> = ${camel}ConfigSchema;
  /** What tools and logs may show. */
  static readonly publicConfig: readonly string[] = ["slowMs"];

  readonly type: string;
  readonly name: string;
  // Private: what prints a plugin does not print its configuration.
  #config: ${pascal}Config;

  constructor({ type = "${typeOf(names)}", name = "${name}", config = {} }: ${pascal}Options = {}) {
    this.type = type;
    this.name = name;
    this.#config = config;
  }

  /** Lays what YAML and \`api.config\` say over what the constructor was given. */
  applyConfig({ config }: PluginOptions): void {
    this.#config = { ...this.#config, ...config };
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    const startedAt = performance.now();
    data.${camel} = { startedAt };
    try {
      await next();
    } finally {
      const tookMs = performance.now() - startedAt;
      if (tookMs > (this.#config.slowMs ?? DEFAULT_SLOW_MS)) data.logger.warn("took %d ms", tookMs);
    }
  }
}
`;
};

const test = ({ camel, pascal, plugin: name, core }: PluginNames) => `\
import { defineApi } from "${core}";
import { createRecordingLogger, createTestProject, testApi } from "${core}/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ${pascal}Plugin } from "./index.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An API that takes 500 ms, and what it logs. */
function slowApi(plugins: readonly ${pascal}Plugin[]) {
  const { logger, lines } = createRecordingLogger();
  const api = defineApi({
    plugins,
    handler({ ${camel} }) {
      vi.advanceTimersByTime(500);
      return ${camel} !== undefined;
    },
  });
  const warnings = () => lines.filter(({ level }) => level === "warn").map(({ fields }) => fields["plugin"]);
  return { api, logger, warnings };
}

describe("a request", () => {
  it("finds on data when it came", async () => {
    const { api, logger } = slowApi([new ${pascal}Plugin()]);
    expect(await testApi(api, { logger })()).toMatchObject({ statusCode: 200, data: true });
  });

  it.each([
    [499, ["${name}"]],
    [500, []],
  ])("that takes longer than %d ms is logged: %j", async (slowMs, plugins) => {
    const { api, logger, warnings } = slowApi([new ${pascal}Plugin({ config: { slowMs } })]);
    await testApi(api, { logger })();
    expect(warnings()).toEqual(plugins);
  });
});

describe("faas.yaml", () => {
  const type = new URL("./index.ts", import.meta.url).href;
  const yaml = (slowMs: string) => \`
defaults:
  plugins:
    ${name}:
      type: \${type}
      config:
        slowMs: \${slowMs}
\`;

  it("configures it", async () => {
    await using project = await createTestProject({ "faas.yaml": yaml("100") });
    const { api, logger, warnings } = slowApi([]);
    await testApi(api, { logger, root: project.root, file: project.path("slow.api.ts") })();
    expect(warnings()).toEqual(["${name}"]);
  });

  it("is laid over what code says", async () => {
    await using project = await createTestProject({ "faas.yaml": yaml("100") });
    const { api, logger, warnings } = slowApi([new ${pascal}Plugin({ config: { slowMs: 900 } })]);
    await testApi(api, { logger, root: project.root, file: project.path("slow.api.ts") })();
    expect(warnings()).toEqual(["${name}"]);
  });

  it("is told of faults with line and column", async () => {
    await using project = await createTestProject({ "faas.yaml": yaml("soon") });
    const { api, logger } = slowApi([]);
    const call = testApi(api, { logger, root: project.root, file: project.path("slow.api.ts") });
    await expect(call()).rejects.toMatchObject({ code: "INVALID_CONFIG", faults: [{ line: 7, column: 9 }] });
  });
});
`;

const typeTest = ({ camel, pascal, core }: PluginNames) => `\
import { defineApi, type PluginClass } from "${core}";
import { describe, expectTypeOf, it } from "vitest";
import { type ${pascal}, ${pascal}Plugin } from "./index.ts";

describe("${pascal}Plugin", () => {
  it("tells handlers of its field", () => {
    defineApi({
      handler({ ${camel} }) {
        expectTypeOf(${camel}).toEqualTypeOf<${pascal} | undefined>();
      },
    });
  });

  it("is a plugin's class, as faas.yaml needs one", () => {
    expectTypeOf<typeof ${pascal}Plugin>().toExtend<PluginClass>();
  });

  it("refuses configuration that it does not know", () => {
    // @ts-expect-error A misspelt key.
    expectTypeOf(new ${pascal}Plugin({ config: { slowMS: 100 } })).toBeObject();
  });
});
`;

const contract = ({ pascal, core }: PluginNames) => `\
import { serverPluginContract } from "${core}/testing";
import { describe, it } from "vitest";
import { ${pascal}Plugin } from "./index.ts";

describe("the contract of server plugins", () => {
  const checks = serverPluginContract((options) => new ${pascal}Plugin(options), {
    config: { slowMs: 60_000 },
  });
  for (const { name, skipped, run } of checks) it.skipIf(skipped !== undefined)(name, run);
});
`;

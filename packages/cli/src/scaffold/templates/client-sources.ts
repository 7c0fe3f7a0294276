import type { PluginNames } from "../plugin-names.ts";

/** A client plugin that works, small enough to be read in a minute and replaced in the next. */
export function clientSources(names: PluginNames): Readonly<Record<string, string>> {
  const { word } = names;
  return {
    "src/index.ts": index(names),
    [`src/${word}.ts`]: plugin(names),
    [`src/${word}.test.ts`]: test(names),
    [`src/${word}.test-d.ts`]: typeTest(names),
    "src/contract.test.ts": contract(names),
  };
}

const index = ({ word, camel, pascal }: PluginNames) => `\
export { ${camel}, type ${pascal}Options, type ${pascal}Types } from "./${word}.ts";
`;

const plugin = ({ plugin: name, camel, pascal, package: packageName, core }: PluginNames) => `\
import { definePlugin } from "${core}";

/** Options of \`${camel}()\`, and of a single request. */
export interface ${pascal}Options {
  /** From when on a request was slow, in milliseconds. Default: 1,000. */
  readonly slowMs?: number | undefined;
}

/** What the plugin adds to the types of a client. */
export interface ${pascal}Types {
  options: ${pascal}Options;
  meta: {
    /** How long the request took, in milliseconds. */
    tookMs: number;
    isSlow: boolean;
  };
}

const DEFAULT_SLOW_MS = 1_000;

/**
 * Tells how long each request took.
 *
 * @example
 * \`\`\`ts
 * import { createClient } from "${core}";
 * import { ${camel} } from "${packageName}";
 *
 * const client = createClient({ baseUrl: "/api" }).use([${camel}({ slowMs: 500 })]);
 * const { meta } = await client.get("posts");
 * console.log(meta.tookMs, meta.isSlow);
 * \`\`\`
 */
export function ${camel}(config: ${pascal}Options = {}) {
  return definePlugin<${pascal}Types>()({
    name: "${name}",

    async middleware(context, next) {
      const slowMs = context.pluginOptions?.slowMs ?? config.slowMs ?? DEFAULT_SLOW_MS;
      const startedAt = context.clock.now();
      const response = await next();
      const tookMs = context.clock.now() - startedAt;
      context.setMeta({ tookMs, isSlow: tookMs > slowMs });
      return response;
    },
  });
}
`;

const test = ({ camel, pascal, core }: PluginNames) => `\
import { createTestBench } from "${core}/testing";
import { describe, expect, it } from "vitest";
import { ${camel}, type ${pascal}Options } from "./index.ts";

/** What is told of a request that takes 500 ms. */
async function metaOf(config?: ${pascal}Options, options?: ${pascal}Options) {
  const { client, transport, clock } = createTestBench();
  transport.reply("GET items", { data: 1 }, { delayMs: 500 });
  const pending = client.use([${camel}(config)]).get("items", { ...options });
  await clock.advance(500);
  return (await pending).meta;
}

describe("a request", () => {
  it("is told how long it took", async () => {
    expect(await metaOf()).toEqual({ tookMs: 500, isSlow: false });
  });

  it("is slow from the time on that the plugin was given", async () => {
    expect(await metaOf({ slowMs: 499 })).toMatchObject({ isSlow: true });
    expect(await metaOf({ slowMs: 500 })).toMatchObject({ isSlow: false });
  });

  it("may have a time of its own", async () => {
    expect(await metaOf({ slowMs: 100 }, { slowMs: 800 })).toMatchObject({ isSlow: false });
  });
});
`;

const typeTest = ({ camel, pascal, core }: PluginNames) => `\
import { createClient, type ClientPlugin } from "${core}";
import { describe, expectTypeOf, it } from "vitest";
import { ${camel}, type ${pascal}Types } from "./index.ts";

const client = createClient().use([${camel}()]);

describe("${camel}", () => {
  it("adds its option to every request", () => {
    void client.get("items", { slowMs: 100 });
    // @ts-expect-error A number, not a text.
    void client.get("items", { slowMs: "100" });
  });

  it("adds its meta to every response", async () => {
    const { meta } = await client.get("items");
    expectTypeOf(meta.tookMs).toExtend<number | undefined>();
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error A misspelt option.
    ${camel}({ slowMS: 100 });
  });

  it("can be named by its type", () => {
    expectTypeOf(${camel}()).toExtend<ClientPlugin<${pascal}Types>>();
  });
});
`;

const contract = ({ camel, core }: PluginNames) => `\
import { clientPluginContract } from "${core}/testing";
import { describe, it } from "vitest";
import { ${camel} } from "./index.ts";

describe("the contract of client plugins", () => {
  for (const { name, skipped, run } of clientPluginContract(() => ${camel}()))
    it.skipIf(skipped !== undefined)(name, run);
});
`;

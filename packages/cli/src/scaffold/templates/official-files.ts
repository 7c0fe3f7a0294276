import { coreOf, type PluginKind } from "../plugin-kind.ts";
import type { PluginNames } from "../plugin-names.ts";
import { toImport } from "./to-import.ts";

/** What an official plugin has beside its sources, by path from the root of the monorepo. */
export function officialFiles(kind: PluginKind, names: PluginNames): Readonly<Record<string, string>> {
  const folder = `packages/${coreOf(kind)}-plugins/${names.word}`;
  const isClient = kind === "client-plugin";
  return {
    [`${folder}/tsconfig.json`]: isClient ? CLIENT_TSCONFIG : SERVER_TSCONFIG,
    [`${folder}/tsup.config.ts`]: TSUP,
    [`${folder}/vitest.config.ts`]: VITEST,
    [`tests/release/consumers/${names.folder}.ts`]: isClient ? clientConsumer(names) : serverConsumer(names),
    [`.changeset/${names.folder}.md`]: changeset(kind, names),
  };
}

const CLIENT_TSCONFIG = `{
  "extends": "../../../tsconfig.base.json",
  "compilerOptions": { "lib": ["es2023", "dom"] },
  "include": ["src"]
}
`;

const SERVER_TSCONFIG = `{
  "extends": "../../../tsconfig.base.json",
  "compilerOptions": { "lib": ["es2023", "dom", "dom.iterable", "esnext.disposable"], "types": ["node"] },
  "include": ["src"]
}
`;

const TSUP = `import { packageBuild } from "../../../tooling/tsup.ts";

export default packageBuild();
`;

const VITEST = `export { default } from "../../../tooling/vitest.ts";
`;

const changeset = (kind: PluginKind, names: PluginNames) => `---
"${names.package}": minor
---

${
  kind === "client-plugin"
    ? "Read how long each request took, and whether that was long, from the `meta` of its answer."
    : "Find requests that take longer than `slowMs` in the log."
}
`;

const clientConsumer = ({ camel, pascal, package: name, core }: PluginNames) => `\
// What a user of ${name} writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { createTestBench } from "${core}/testing";
${toImport([camel, `type ${pascal}Options`, `type ${pascal}Types`], name)}

const options: ${pascal}Options = { slowMs: 100 };
const { client, transport, clock } = createTestBench();
transport.reply("GET items", { data: 1 }, { delayMs: 50 });
const pending = client.use([${camel}(options)]).get("items", { slowMs: 10 });
await clock.advance(50);
const meta: Partial<${pascal}Types["meta"]> = (await pending).meta;
assert.deepEqual(meta, { tookMs: 50, isSlow: true });

// @ts-expect-error it is a number
assert.ok(${camel}({ slowMs: "100" }));
`;

const serverConsumer = ({ camel, pascal, package: name, core }: PluginNames) => `\
// What a user of ${name} writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import { Func } from "${core}";
${toImport([`${pascal}Plugin`, `type ${pascal}`, `type ${pascal}Config`, `type ${pascal}Options`], name, "Default, ")}

const config: ${pascal}Config = { slowMs: 100 };
const options: ${pascal}Options = { config };
const func = new Func({
  plugins: [new ${pascal}Plugin(options)],
  handler({ ${camel} }): number | undefined {
    const put: ${pascal} | undefined = ${camel};
    return put?.startedAt;
  },
});
assert.equal(typeof (await func.invoke()), "number");
assert.equal(Default, ${pascal}Plugin);
await func.close();

// @ts-expect-error it is a number
assert.ok(new ${pascal}Plugin({ config: { slowMs: "100" } }));
`;

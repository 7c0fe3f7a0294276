import { coreOf, type PluginKind } from "../plugin-kind.ts";
import type { PluginNames } from "../plugin-names.ts";
import { CORE_RANGE, NODE_RANGE, TOOL_VERSIONS, WORKSPACE_CORE_RANGE } from "../versions.ts";

const OFFICIAL_SCRIPTS = {
  build: "tsup",
  typecheck: "tsc -p .",
  test: "vitest run",
  "check:size": "size-limit",
  "check:tarball": "node ../../../tooling/check-tarball.ts",
};

const OWN_SCRIPTS = {
  build: "tsup",
  typecheck: "tsc -p .",
  test: "vitest run",
  check: "publint --strict",
  prepack: "npm run build",
  prepublishOnly: "npm run typecheck && npm test && npm run check",
};

/** `package.json`: what both kinds and both places have in common, and what each adds. */
export function toManifest(kind: PluginKind, names: PluginNames): string {
  const isOfficial = names.vendor === undefined;
  const manifest = {
    name: names.package,
    version: "0.0.0",
    description:
      kind === "client-plugin" ? "Tells how long requests take." : "Tells of requests that take long.",
    keywords: [names.word, "plugin", coreOf(kind)].toSorted(),
    license: "MIT",
    type: "module",
    sideEffects: false,
    files: ["dist"],
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    // Who publishes from a machine of their own cannot prove where the package came from.
    publishConfig: isOfficial ? { access: "public", provenance: true } : { access: "public" },
    engines: { node: NODE_RANGE },
    scripts: isOfficial ? OFFICIAL_SCRIPTS : OWN_SCRIPTS,
    ...(isOfficial && { "size-limit": [toBudget(kind, names)] }),
    peerDependencies: { [names.core]: isOfficial ? WORKSPACE_CORE_RANGE : CORE_RANGE },
    devDependencies: isOfficial ? { [names.core]: "workspace:*" } : toOwnTools(kind, names),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function toBudget(kind: PluginKind, { word, camel, pascal, core }: PluginNames) {
  const name = kind === "client-plugin" ? camel : `${pascal}Plugin`;
  return {
    name: word,
    path: "dist/index.js",
    import: `{ ${name} }`,
    ignore: [core],
    limit: "1 kB",
    gzip: true,
  };
}

function toOwnTools(kind: PluginKind, { core }: PluginNames): Readonly<Record<string, string>> {
  const { "@types/node": node, ...tools } = TOOL_VERSIONS;
  const all = { ...(kind === "server-plugin" && { "@types/node": node }), [core]: CORE_RANGE, ...tools };
  // In the order in which npm would write them.
  return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

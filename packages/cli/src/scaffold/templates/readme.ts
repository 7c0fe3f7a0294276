import { coreOf, type PluginKind } from "../plugin-kind.ts";
import type { PluginNames } from "../plugin-names.ts";

const FENCE = "```";

/** README.md: what it does, how it is installed and used, its options, its size. */
export function toReadme(kind: PluginKind, names: PluginNames): string {
  const sections = kind === "client-plugin" ? clientSections(names) : serverSections(names);
  return [...sections, ...(names.vendor === undefined ? [SIZE] : [DEVELOPMENT])].join("\n");
}

/** The plugin's core, where it is to be read about. */
function coreLink(kind: PluginKind, { core, vendor }: PluginNames): string {
  const target =
    vendor === undefined ? `../../${coreOf(kind)}/README.md` : `https://www.npmjs.com/package/${core}`;
  return `[\`${core}\`](${target})`;
}

const clientSections = (names: PluginNames) => [
  `# ${names.package}

A plugin for ${coreLink("client-plugin", names)}: it tells how long each request took.

${FENCE}sh
npm install ${names.core} ${names.package}
${FENCE}

${FENCE}ts
import { createClient } from "${names.core}";
import { ${names.camel} } from "${names.package}";

const client = createClient({ baseUrl: "/api" }).use([${names.camel}({ slowMs: 500 })]);
const { meta } = await client.get("posts");
console.log(meta.tookMs, meta.isSlow);
${FENCE}

## Options

Given to \`${names.camel}()\` they hold for every request, given to a request for that one.

| option   | type     | default | meaning                                           |
| -------- | -------- | ------- | ------------------------------------------------- |
| \`slowMs\` | \`number\` | 1,000   | From when on a request was slow, in milliseconds. |

It has no errors of its own and keeps no timers.
`,
];

const serverSections = (names: PluginNames) => [
  `# ${names.package}

A plugin for ${coreLink("server-plugin", names)}: it logs requests and jobs that take long.

${FENCE}sh
npm install ${names.core} ${names.package}
${FENCE}

${FENCE}yaml
# faas.yaml
defaults:
  plugins:
    ${names.plugin}:
      type: ${names.vendor === undefined ? names.word : `"${names.package}"`}
      config:
        slowMs: 500
${FENCE}

In code:

${FENCE}ts
import { defineApi } from "${names.core}";
import { ${names.pascal}Plugin } from "${names.package}";

export default defineApi({
  plugins: [new ${names.pascal}Plugin({ config: { slowMs: 500 } })],
  handler: ({ ${names.camel} }) => ${names.camel}?.startedAt,
});
${FENCE}

## Options

| option   | type         | default | meaning                                          |
| -------- | ------------ | ------- | ------------------------------------------------ |
| \`slowMs\` | whole number | 1,000   | From when on a request is slow, in milliseconds. |

It is no secret: tools and logs may show it.

## On \`data\`

\`data.${names.camel}.startedAt\` is when the request came, in milliseconds of \`performance.now()\`.
`,
];

const SIZE = `## Size

At most 1 kB, minified and gzipped; a budget in its \`package.json\` that CI checks.
`;

const DEVELOPMENT = `## Development

${FENCE}sh
npm install
npm test          # behaviour, types, and the contract of plugins
npm run check     # what would be published, by publint
npm publish       # builds and checks first
${FENCE}
`;

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";

const ROUTES = 300;
const PLUGINS = [
  ...(["cache", "debounce", "deduplication", "gc", "idempotency", "initial-data"] as const),
  ...([
    "invalidation",
    "optimistic",
    "polling",
    "prefetch",
    "progress",
    "refetch",
    "retry",
    "throttle",
  ] as const),
];
/** The count is the same on every machine. Most of it is what each API is inferred from: its schema and its handler. */
const MAX_INSTANTIATIONS = 900_000;

const toApi = (index: number) => `import { defineApi } from "@x/server";
import { z } from "zod";

export default defineApi({
  method: ["GET", "POST"],
  schema: z.object({ f${index}: z.string(), page: z.string().optional(), kind: z.enum(["a", "b"]).default("a") }),
  errors: { OUT_OF_STOCK: z.object({ left: z.number() }), GONE_ALREADY: { status: 410 } },
  reads: ["r${index}"],
  writes: ["r${index}", "r0"],
  async handler({ params, errors }) {
    if (params.kind === "b") throw errors.OUT_OF_STOCK({ left: ${index} });
    return { f${index}: params.f${index}, at: new Date(), lines: [{ id: 1, note: null as string | null }] };
  },
});
`;

/** A client that is in step with its server, and reads and writes every path, with an option of a plugin. */
function writeClient(): string {
  const toName = (plugin: string) => plugin.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const paths = Array.from({ length: ROUTES }, (_, index) => index);
  return [
    'import { createClient } from "@x/client";',
    ...PLUGINS.map((plugin) => `import { ${toName(plugin)} } from "@x/client-${plugin}";`),
    'import { contract as inStep } from "@x/client-contract";',
    'import { contract, type Contract } from "../src/contract.ts";',
    `const plugins = [${PLUGINS.map((plugin) => `${toName(plugin)}()`).join()}, inStep(contract)] as const;`,
    "export const client = createClient<Contract>().use(plugins);",
    ...paths.map(
      (index) => `
export async function call${index}() {
  const read = await client.get("g/r${index}", { query: { f${index}: "" }, staleTime: 1 });
  const { data, error } = await client.post("g/r${index}", { body: { f${index}: "" } });
  if (error?.code === "OUT_OF_STOCK") return error.data.left.toFixed();
  return [read.data?.f${index}.trim(), data?.at.trim(), data?.lines[0]?.note];
}`,
    ),
  ].join("\n");
}

test(`${ROUTES} APIs and ${PLUGINS.length + 1} plugins type a client within a budget`, () => {
  // Inside of this package, whose dependencies it has.
  const folder = mkdtempSync(join(import.meta.dirname, ".budget-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write("package.json", '{ "type": "module" }');
  for (let index = 0; index < ROUTES; index += 1) write(`src/g/r${index}.api.ts`, toApi(index));
  write("web/client.ts", writeClient());
  const manifest = fileURLToPath(import.meta.resolve("@x/cli/package.json"));
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { x: string } };
  execFileSync(process.execPath, [join(dirname(manifest), bin.x), "types"], { cwd: folder, stdio: "ignore" });

  const config = join(import.meta.dirname, "../../tsconfig.base.json");
  const { config: base } = ts.readConfigFile(config, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...base, files: [] }, ts.sys, dirname(config));
  const file = join(folder, "web/client.ts");
  const program = ts.createProgram([file], {
    ...options,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  });
  const problems = program.getSemanticDiagnostics(program.getSourceFile(file));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
  expect(program.getInstantiationCount()).toBeLessThan(MAX_INSTANTIATIONS);
}, 180_000);

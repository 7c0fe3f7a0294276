import ts from "typescript";
import { expect, it } from "vitest";

const ROUTES = 300;
const PLUGINS = 15;
/** About a second of checking on the machines that we have; the count is the same on every machine. */
const MAX_INSTANTIATIONS = 250_000;

/** A large application in one module: each route read and written, with options of the plugins. */
function writeApplication(): string {
  const routes = Array.from({ length: ROUTES }, (_, index) => ({
    path: [`r${index}`, `r${index}/:id`, `r${index}/:id/sub/:sub`][index % 3],
    params: ["", "params: { id: 1 }, ", "params: { id: 1, sub: 2 }, "][index % 3],
    name: `f${index}`,
  }));
  const plugins = Array.from({ length: PLUGINS }, (_, index) => ({
    name: `p${index}`,
    operations: ['"read"', '"write"', '"read", "write"'][index % 3],
    dependencies: index > 0 ? `"p${index - 1}"` : "",
  }));
  return [
    'import { createClient, definePlugin } from "../index.ts";',
    "interface Api {",
    ...routes.map(
      ({ path, name }) => `  "${path}": {
        GET: { data: { ${name}: string }; query?: { page?: number }; error: { reason: string } };
        POST: {
          data: { id: number };
          body: { title: string; ${name}: number };
          errors: { TAKEN: { ${name}: number } };
          writes: readonly ["${path}"];
        };
        DELETE: { data: undefined };
      };`,
    ),
    "}",
    ...plugins.map(
      ({ name, operations, dependencies }) => `
        interface ${name}Types {
          options: { ${name}?: number; ${name}Flag?: boolean };
          meta: { ${name}Meta: string };
          methods: { ${name}Method(): number };
        }
        const ${name} = definePlugin<${name}Types>()({
          name: "${name}",
          operations: [${operations}],
          dependencies: [${dependencies}],
          middleware(context, next) {
            context.setMeta({ ${name}Meta: String(context.pluginOptions?.${name}) });
            return next();
          },
          api: () => ({ ${name}Method: () => 1 }),
        });`,
    ),
    `export const client = createClient<Api>().use([${plugins.map(({ name }) => name).join()}]);`,
    ...routes.map(
      ({ path, params, name }) => `
        export async function ${name}() {
          const { data, error, meta } = await client.get("${path}", { ${params}p0: 1, query: { page: 1 } });
          const created = await client.post("${path}", { ${params}p1: 1, body: { title: "", ${name}: 1 } });
          const taken = created.error?.code === "TAKEN" ? created.error.data.${name} : 0;
          return [error ? error.body?.reason : data.${name}, meta.p0Meta, created.data?.id, taken];
        }`,
    ),
  ].join("\n");
}

const toPath = (relative: string) => new URL(relative, import.meta.url).pathname;

function createProgram(text: string): ts.Program {
  const { config } = ts.readConfigFile(toPath("../../tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, toPath("../.."));
  const file = toPath("in-memory.ts");
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest);
  return ts.createProgram([file], options, host);
}

it(`types ${ROUTES} routes and ${PLUGINS} plugins within a budget`, () => {
  const program = createProgram(writeApplication());
  const application = program.getSourceFile(toPath("in-memory.ts"));
  expect(program.getSemanticDiagnostics(application).map(({ messageText }) => messageText)).toEqual([]);
  expect(program.getInstantiationCount()).toBeLessThan(MAX_INSTANTIATIONS);
}, 60_000);

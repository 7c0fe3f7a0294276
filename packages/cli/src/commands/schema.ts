import { writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { CommandContext, CommonOptions } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { toShownPath } from "../output/place.ts";
import { openProject } from "../project/open-project.ts";
import { findPluginClasses } from "../project/plugin-classes.ts";

const SCHEMA_FILE = "faas.schema.json";

/** Writes the JSON Schema of the plugins in use, and tells how a `faas.yaml` refers to it. */
export async function schema({
  terminal,
  options,
}: CommandContext<CommonOptions & { readonly out?: string | undefined }>): Promise<ExitCode> {
  const project = await openProject(options);
  const { classes, files } = await findPluginClasses(project);
  const file = options.out === undefined ? join(project.root, SCHEMA_FILE) : resolve(options.out);
  const text = `${JSON.stringify(project.server.toConfigJsonSchema(classes), null, 2)}\n`;
  await writeFile(file, text).catch((cause: unknown) => {
    throw new CliError("WRITE_FAILED", `${toShownPath(file)} cannot be written`, { cause });
  });
  const references = files.map((from) => ({ file: from, line: toReference(from, file) }));
  terminal.document({ ok: true, file, plugins: Object.keys(classes), references });
  terminal.line(`Wrote ${toShownPath(file)} for the plugins ${Object.keys(classes).join(", ")}.`);
  terminal.line();
  terminal.line("Editors find it by the first line of a configuration file:");
  for (const { file: from, line } of references) {
    terminal.line(`  ${terminal.paint("dim", toShownPath(from))}`);
    terminal.line(`    ${line}`);
  }
  if (references.length === 0)
    terminal.line(`    ${toReference(join(project.root, project.server.CONFIG_FILE), file)}`);
  return EXIT.ok;
}

/** The line by which the YAML language server finds the schema, relative to the file that it stands in. */
function toReference(from: string, schemaFile: string): string {
  const path = relative(dirname(from), schemaFile).split(sep).join("/");
  return `# yaml-language-server: $schema=${path.startsWith(".") ? path : `./${path}`}`;
}

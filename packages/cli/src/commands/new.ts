import { relative, sep } from "node:path";
import type { CommandContext, CommonOptions } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { toShownPath } from "../output/place.ts";
import { planPackage } from "../scaffold/plan-package.ts";
import { PLUGIN_KINDS, type PluginKind } from "../scaffold/plugin-kind.ts";
import { writePackage } from "../scaffold/write-package.ts";

/** Scaffolds the package of a new plugin: sources, tests with the contract, a README, and all that publishing needs. */
export async function newPackage(
  kind: string,
  name: string,
  { terminal, options }: CommandContext<CommonOptions & { readonly out?: string | undefined }>,
): Promise<ExitCode> {
  if (!isKind(kind))
    throw new CliError("INVALID_USAGE", `x new makes a ${PLUGIN_KINDS.join(" or a ")}, not a "${kind}"`);
  const plan = planPackage(kind, name, options.out);
  await writePackage(plan);
  const { folder, files, names, next } = plan;
  terminal.document({
    ok: true,
    kind,
    plugin: names.plugin,
    package: names.package,
    folder,
    files: [...files.keys()],
    next,
  });
  terminal.line(`Made the package ${names.package} with the plugin ${names.plugin}:`);
  for (const file of files.keys()) terminal.line(`  ${terminal.paint("dim", toPath(file))}`);
  terminal.line();
  terminal.line("Next:");
  for (const step of next) terminal.prose(step, "  ");
  return EXIT.ok;
}

function isKind(text: string): text is PluginKind {
  return PLUGIN_KINDS.some((kind) => kind === text);
}

/** From the working directory, also where that lies deeper, with the slashes of the README. */
function toPath(file: string): string {
  return toShownPath(file) === file ? relative(process.cwd(), file).split(sep).join("/") : toShownPath(file);
}

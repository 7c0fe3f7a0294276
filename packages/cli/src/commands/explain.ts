import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { toColumns } from "../output/columns.ts";
import { toShownPath, toShownPlace } from "../output/place.ts";
import type { Terminal } from "../output/terminal.ts";
import { findRoute } from "../project/find-route.ts";
import { type ChainLink, type InspectedRoute, inspectRoute } from "../project/inspect-route.ts";
import { openProject } from "../project/open-project.ts";
import { toLinkDocument } from "../report/route-list.ts";
import { tellValues, toValueDocument } from "../report/value-list.ts";

const CONFIG = "config";

/**
 * `x explain <route>` tells a route's plugins and its configuration, `x explain config <route>` the configuration
 * alone. Values are redacted unless they are declared public.
 */
export async function explain(
  target: string,
  api: string | undefined,
  { terminal, options }: CommandContext,
): Promise<ExitCode> {
  if (api !== undefined && target !== CONFIG)
    throw new CliError(
      "INVALID_USAGE",
      `x explain takes one route, or "config" and one route, not "${target} ${api}"`,
    );
  const project = await openProject(options);
  const route = await inspectRoute(await findRoute(api ?? target, project), project);
  if (route.failure !== undefined) throw route.failure;
  const values = route.config?.explain() ?? [];
  const configAlone = api !== undefined;
  terminal.document({
    ok: true,
    root: project.root,
    stage: project.stage,
    path: route.path,
    methods: route.methods,
    file: route.file,
    ...(configAlone ? {} : { plugins: route.chain.map(toLinkDocument) }),
    config: values.map(toValueDocument),
  });
  tellHead(route, terminal);
  if (!configAlone) {
    terminal.line();
    terminal.line("Plugins, outermost first");
    for (const line of toChainLines(route.chain, terminal)) terminal.line(line);
  }
  terminal.line();
  terminal.line(`Configuration in the stage "${project.stage}"`);
  if (values.length === 0) terminal.line("  none");
  tellValues(values, terminal);
  return EXIT.ok;
}

function tellHead({ methods, paths, file }: InspectedRoute, terminal: Terminal): void {
  terminal.line(`${terminal.paint("green", methods.join(" "))} ${terminal.paint("bold", paths.join("  "))}`);
  if (file !== undefined) terminal.line(terminal.paint("dim", toShownPath(file)));
}

function toChainLines(chain: readonly ChainLink[], terminal: Terminal): string[] {
  const rows = chain.map((link, index) => [
    String(index + 1),
    terminal.paint("bold", link.name),
    toOrigin(link),
    terminal.paint("dim", link.hooks.join(" ")),
  ]);
  return [
    ...toColumns(rows, { indent: "  ", width: terminal.width }),
    `  ${String(chain.length + 1)}  handler`,
  ];
}

/** Where a plugin comes from, and where that is said. */
function toOrigin({ from, type, at }: ChainLink): string {
  const place = at?.file === undefined ? "" : toShownPlace(at);
  if (from === "built in") return place === "" ? "built in" : `built in, ${place}`;
  return from === "package" ? `package ${type}, ${place}` : `${from === "code" ? "code" : "YAML"} ${place}`;
}

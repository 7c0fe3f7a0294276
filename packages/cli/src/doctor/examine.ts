import { realpathSync } from "node:fs";
import type ts from "typescript";
import { inspectRoutes, type InspectedRoute } from "../project/inspect-route.ts";
import { locateServer } from "../project/load-server.ts";
import type { Project } from "../project/open-project.ts";
import { createProgram } from "./create-program.ts";
import { type Finding, placeOf, type PointId } from "./finding.ts";
import { ImportGraph } from "./import-graph.ts";
import { findNamedFiles } from "./named-files.ts";
import { findPlugins, headOf, type PluginSource } from "./plugin-source.ts";
import { checkFunctions } from "./points/functions.ts";
import { checkHooks } from "./points/hooks.ts";
import { checkIdentity } from "./points/identity.ts";
import { checkInjection } from "./points/injection.ts";
import { checkLayers } from "./points/layers.ts";
import { checkNextCalls } from "./points/next.ts";
import { checkRegistration } from "./points/registration.ts";
import { checkStability } from "./points/stability.ts";
import { checkTests } from "./points/tests.ts";
import { ServerTypes } from "./server-types.ts";
import { findProjectFolder, isTestFile, listSourceFiles } from "./source-files.ts";
import { TestSuite } from "./test-suite.ts";

/** Points that each plugin is checked for. */
export const PLUGIN_POINTS: readonly PointId[] = [
  ...(["identity", "hooks", "injection", "registration", "next", "tests", "stability"] as const),
];
/** Points that the project is checked for as a whole. */
export const PROJECT_POINTS: readonly PointId[] = ["loading", "layers", "uniqueness"];

/** A plugin, and what is to be said of it. */
export interface ExaminedPlugin {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly findings: readonly Finding[];
}

/** What an examination has found. */
export interface Examination {
  readonly plugins: readonly ExaminedPlugin[];
  readonly project: readonly Finding[];
}

/** Checks a project's plugins, functions, configuration and tests. Modules are loaded, and no hook of a plugin runs. */
export async function examine(project: Project): Promise<Examination> {
  const { root } = project;
  const folder = realpathSync(findProjectFolder(root));
  const program = createProgram(listSourceFiles(folder), folder);
  const types = new ServerTypes(program, locateServer(root));
  const sources = program.getSourceFiles().filter((file) => isOwn(file, folder, program));
  const [tests, code] = [sources.filter(isTest), sources.filter((file) => !isTest(file))];
  const graph = new ImportGraph(program);
  const suite = new TestSuite(tests, graph, types);
  const routes = await inspectRoutes(project);
  const namedFiles = await findNamedFiles(project);
  const { checker } = types;

  const examinePlugin = (plugin: PluginSource): ExaminedPlugin => {
    const { file, line } = placeOf(headOf(plugin));
    const apiFiles = findApiFiles(plugin, routes, namedFiles, graph);
    return {
      name: plugin.label,
      file,
      line,
      findings: [
        ...checkIdentity(plugin, checker),
        ...checkHooks(plugin, checker),
        ...checkInjection(plugin, types),
        // A package of plugins leaves it to its users to register them.
        ...(routes.length > 0 ? checkRegistration(plugin, code, namedFiles, checker) : []),
        ...checkNextCalls(plugin, checker),
        ...checkTests(plugin, apiFiles, suite),
        ...checkStability(plugin, checker),
      ],
    };
  };
  const plugins = code.flatMap((file) => findPlugins(file, types)).map(examinePlugin);
  const layers = await checkLayers(routes, project);
  return { plugins, project: unique([...checkFunctions(routes, project, program), ...layers]) };
}

/** The APIs that have the plugin: its file is named by an entry of their configuration, or imported by them. */
function findApiFiles(
  { name, node }: PluginSource,
  routes: readonly InspectedRoute[],
  namedFiles: ReadonlyMap<string, ReadonlySet<string>>,
  graph: ImportGraph,
): readonly string[] {
  const { fileName } = node.getSourceFile();
  const names = new Set([name, ...(namedFiles.get(fileName) ?? [])]);
  return routes.flatMap(({ chain, file }) => {
    if (file === undefined) return [];
    const has = chain.some((link) => names.has(link.name)) || graph.reachedFrom(file).has(fileName);
    return has ? [file] : [];
  });
}

function isOwn(file: ts.SourceFile, folder: string, program: ts.Program): boolean {
  const { fileName } = file;
  if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) return false;
  return fileName.startsWith(folder) && !fileName.includes("/node_modules/");
}

function isTest({ fileName }: ts.SourceFile): boolean {
  return isTestFile(fileName);
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

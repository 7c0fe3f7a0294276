import ts from "typescript";
import type { ImportGraph } from "./import-graph.ts";
import { strip } from "./next-flow/hook-scope.ts";
import type { ServerTypes } from "./server-types.ts";

/** What a test file does with functions. */
interface TestFile {
  readonly path: string;
  /** The project's files that it reaches by imports. */
  readonly reached: ReadonlySet<string>;
  /** It runs a function with its whole chain. */
  readonly runsFuncs: boolean;
  /** It serves a folder of functions. */
  readonly servesRoot: boolean;
  /** Hooks that it calls itself. */
  readonly hookCalls: readonly ts.Node[];
}

const RUNS_FUNC = ["testApi"];
const SERVES = ["createTestApp", "createApp"];
const HOOKS = new Set(["onMount", "onInvoke"]);

/** The project's tests, as far as they run functions and plugins. */
export class TestSuite {
  readonly #files: readonly TestFile[];

  constructor(sources: readonly ts.SourceFile[], graph: ImportGraph, types: ServerTypes) {
    this.#files = sources.map((source) => readTest(source, graph, types));
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  /**
   * Whether some test runs a function that has the plugin: it imports the plugin or one of the APIs that have it, or
   * it serves the folder that they are in.
   */
  exercises(pluginFile: string, apiFiles: readonly string[]): boolean {
    return this.#files.some(({ reached, runsFuncs, servesRoot }) => {
      if (servesRoot && apiFiles.length > 0) return true;
      if (!runsFuncs && !servesRoot) return false;
      return reached.has(pluginFile) || apiFiles.some((file) => reached.has(file));
    });
  }

  /** A place at which a test that imports the plugin calls a hook itself. */
  findHookCall(pluginFile: string): ts.Node | undefined {
    return this.#files.find(({ reached, hookCalls }) => reached.has(pluginFile) && hookCalls.length > 0)
      ?.hookCalls[0];
  }
}

function readTest(source: ts.SourceFile, graph: ImportGraph, types: ServerTypes): TestFile {
  let [runsFuncs, servesRoot] = [false, false];
  const hookCalls: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = strip(node.expression);
      if (ts.isIdentifier(callee)) {
        runsFuncs ||= types.isImported(callee, ...RUNS_FUNC);
        servesRoot ||= types.isImported(callee, ...SERVES);
      } else if (ts.isPropertyAccessExpression(callee)) {
        if (callee.name.text === "invoke") runsFuncs ||= isFunc(callee.expression, types);
        if (HOOKS.has(callee.name.text)) hookCalls.push(callee.name);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return {
    path: source.fileName,
    reached: graph.reachedFrom(source.fileName),
    runsFuncs,
    servesRoot,
    hookCalls,
  };
}

/** In JavaScript, and where types are missing, an `invoke` is taken for a function's. */
function isFunc(expression: ts.Expression, types: ServerTypes): boolean {
  const type = types.checker.getTypeAtLocation(expression);
  return (type.flags & ts.TypeFlags.Any) !== 0 || types.is(type, "Func", "Api");
}

import { dirname, join } from "node:path";
import ts from "typescript";
import { ROOT } from "../../tooling/workspace.ts";

const OPTIONS = readOptions();
/** The declarations of TypeScript, Node and the packages are the same for every program. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * A program over files on disk and `modules` in memory (absolute path to text), under the repository's strict
 * options with the libraries of browsers and Node.
 */
export function createProgram(files: readonly string[], modules: ReadonlyMap<string, string>): ts.Program {
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    getCurrentDirectory: () => import.meta.dirname,
    fileExists: (path) => modules.has(path) || disk.fileExists(path),
    readFile: (path) => modules.get(path) ?? disk.readFile(path),
    getSourceFile(path, languageVersion) {
      const text = modules.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, languageVersion);
      if (!parsed.has(path)) parsed.set(path, disk.getSourceFile(path, languageVersion));
      return parsed.get(path);
    },
  };
  const program = ts.createProgram([...files, ...modules.keys()], OPTIONS, host);
  const broken = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  if (broken.length > 0) throw new Error(broken.map(toText).join("\n"));
  return program;
}

/** TypeScript's message with its code. */
export function toText({ code, messageText }: ts.Diagnostic): string {
  return `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}

function readOptions(): ts.CompilerOptions {
  const path = join(ROOT, "tsconfig.base.json");
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  if (error) throw new Error(toText(error));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, dirname(path));
  return {
    ...options,
    lib: [...(options.lib ?? []), "lib.dom.d.ts"],
    types: ["node"],
    jsx: ts.JsxEmit.ReactJSX,
    // An example may declare something for the reader's eye alone.
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}

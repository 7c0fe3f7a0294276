import { dirname } from "node:path";
import ts from "typescript";

/** How files are read where the project has no tsconfig.json. */
const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
};

/** A project's own options, and the files that they are written in. */
export interface ProjectCompilerOptions {
  readonly options: ts.CompilerOptions;
  readonly files: readonly string[];
}

/** The options of the project's tsconfig.json, for looking at files and writing none. */
export function readCompilerOptions(folder: string): ProjectCompilerOptions {
  const path = ts.findConfigFile(folder, ts.sys.fileExists);
  const own = path === undefined ? { options: {}, files: [] } : readConfig(path);
  const options = {
    ...DEFAULTS,
    ...own.options,
    // JavaScript is looked into as well, and nothing is written or complained about.
    allowJs: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  };
  return { options, files: own.files };
}

function readConfig(path: string): ProjectCompilerOptions {
  const source = ts.readJsonConfigFile(path, ts.sys.readFile);
  // Which files belong to the project is the caller's to say.
  const host = { ...ts.sys, readDirectory: () => [] };
  const { options } = ts.parseJsonSourceFileConfigFileContent(source, host, dirname(path));
  return { options, files: [path, ...(source.extendedSourceFiles ?? [])] };
}

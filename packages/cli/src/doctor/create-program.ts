import { dirname } from "node:path";
import ts from "typescript";

/** How files are read where the project has no tsconfig.json. */
const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
};

/** A program over these files, by the options of the project's tsconfig.json. */
export function createProgram(files: readonly string[], folder: string): ts.Program {
  return ts.createProgram(files, {
    ...readOptions(folder),
    // JavaScript is looked into as well, and nothing is written or complained about.
    allowJs: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  });
}

function readOptions(folder: string): ts.CompilerOptions {
  const path = ts.findConfigFile(folder, ts.sys.fileExists);
  if (path === undefined) return DEFAULTS;
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, dirname(path));
  return { ...DEFAULTS, ...options };
}

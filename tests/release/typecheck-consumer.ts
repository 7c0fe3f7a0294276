import { dirname, join } from "node:path";
import ts from "typescript";
import { ROOT } from "../../tooling/workspace.ts";

/** How TypeScript finds a package. */
export type Resolution = "bundler" | "nodenext";

// One compiler checks every package: the standard library is parsed once for each resolution, not once a package.
const sources = new Map<string, ts.SourceFile | undefined>();

/**
 * Checks the types of a consumer, by its path, and the declarations of the released packages that it imports.
 *
 * @returns All that the compiler reports, empty when all is well.
 */
export function typecheckConsumer(
  consumer: string,
  resolution: Resolution,
  released: readonly string[],
): string {
  const directory = dirname(consumer);
  const options = toOptions(resolution);
  const program = ts.createProgram([consumer], options, createHost(directory, options));
  const files = program
    .getSourceFiles()
    .filter(
      ({ fileName }) =>
        fileName === consumer || released.some((name) => fileName.includes(`/node_modules/${name}/`)),
    );
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap((file) => program.getSyntacticDiagnostics(file)),
    ...files.flatMap((file) => program.getSemanticDiagnostics(file)),
  ];
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => directory,
    getCanonicalFileName: String,
    getNewLine: () => "\n",
  });
}

function toOptions(resolution: Resolution): ts.CompilerOptions {
  const bundler = resolution === "bundler";
  return {
    target: ts.ScriptTarget.ES2022,
    // Bundled code runs in browsers as well; plain Node has no DOM, and no declaration may ask for it.
    lib: bundler ? ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"] : ["lib.es2023.d.ts"],
    module: bundler ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
    moduleResolution: bundler ? ts.ModuleResolutionKind.Bundler : ts.ModuleResolutionKind.NodeNext,
    // Types that a program needs beside those of its packages are not under test: the workspace lends them.
    typeRoots: [join(ROOT, "tests/node_modules/@types")],
    types: ["node"],
    strict: true,
    // The published declarations are under test.
    skipLibCheck: false,
    noEmit: true,
  };
}

/** A host that keeps what lies outside the consumer's folder. */
function createHost(directory: string, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => directory;
  host.getSourceFile = (fileName, settings, onError) => {
    if (fileName.startsWith(directory)) return read(fileName, settings, onError);
    const key = `${String(options.moduleResolution)} ${fileName}`;
    if (!sources.has(key)) sources.set(key, read(fileName, settings, onError));
    return sources.get(key);
  };
  return host;
}

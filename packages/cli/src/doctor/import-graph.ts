import { realpathSync } from "node:fs";
import ts from "typescript";

/** Which project files a file imports, however indirectly. */
export class ImportGraph {
  readonly #program: ts.Program;
  readonly #imports = new Map<string, readonly string[]>();

  constructor(program: ts.Program) {
    this.#program = program;
  }

  /** The file and all that it reaches, by their paths. */
  reachedFrom(file: string): ReadonlySet<string> {
    const reached = new Set([file]);
    for (const each of reached) for (const imported of this.#importsOf(each)) reached.add(imported);
    return reached;
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#imports.get(file);
    if (known) return known;
    const source = this.#program.getSourceFile(file);
    const imported = source && !source.isDeclarationFile ? this.#resolveAll(source) : [];
    this.#imports.set(file, imported);
    return imported;
  }

  #resolveAll(source: ts.SourceFile): readonly string[] {
    const { importedFiles } = ts.preProcessFile(source.text, true, true);
    return importedFiles.flatMap(({ fileName }) => {
      const { resolvedModule } = ts.resolveModuleName(
        fileName,
        source.fileName,
        this.#program.getCompilerOptions(),
        ts.sys,
      );
      return resolvedModule && !resolvedModule.isExternalLibraryImport
        ? [realpathSync(resolvedModule.resolvedFileName)]
        : [];
    });
  }
}

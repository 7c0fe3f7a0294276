import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, sep } from "node:path";
import ts from "typescript";

/** What a file depends on, however indirectly. */
export interface Reached {
  /** Absolute paths: sources, and of each installed package its `package.json`. */
  readonly files: readonly string[];
  /** Sources that import what was not found, or not with types. It may be there the next time, with no file changed. */
  readonly incomplete: readonly string[];
}

const PACKAGES = "/node_modules/";

/** Resolves the imports of one program, and remembers who imports what. */
export class ImportRecorder {
  readonly #cache: ts.ModuleResolutionCache;
  readonly #imports = new Map<string, Set<string>>();
  readonly #incomplete = new Set<string>();
  readonly #manifests = new Map<string, string | undefined>();

  constructor(options: ts.CompilerOptions) {
    this.#cache = ts.createModuleResolutionCache(ts.sys.getCurrentDirectory(), (name) => name, options);
  }

  readonly resolve: NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]> = (
    literals,
    importer,
    redirected,
    options,
    source,
  ) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(source, literal, options);
      const { text } = literal;
      const found = ts.resolveModuleName(text, importer, options, ts.sys, this.#cache, redirected, mode);
      this.#record(importer, text, found.resolvedModule);
      return found;
    });

  /** The file itself, and all that it imports. */
  reachedFrom(file: string): Reached {
    const visited = new Set([toTypeScriptPath(file)]);
    const files = new Set<string>();
    for (const each of visited) {
      const manifest = this.#manifestOf(each);
      files.add(manifest ?? each);
      // What a package is made of changes with its version.
      if (manifest === undefined) for (const imported of this.#imports.get(each) ?? []) visited.add(imported);
    }
    return { files: [...files], incomplete: [...visited].filter((each) => this.#incomplete.has(each)) };
  }

  #record(importer: string, specifier: string, found: ts.ResolvedModuleFull | undefined): void {
    const imports = this.#imports.get(importer) ?? new Set();
    this.#imports.set(importer, imports);
    if (found) imports.add(found.resolvedFileName);
    if (found && !(found.isExternalLibraryImport && /^\.[cm]?jsx?$/.test(found.extension))) return;
    // A runtime's own modules have no file, and a package may do without what it can use.
    if (!isBuiltin(specifier) && !/\.d\.[cm]?ts$/.test(importer)) this.#incomplete.add(importer);
  }

  #manifestOf(file: string): string | undefined {
    if (!file.includes(PACKAGES)) return undefined;
    const folder = dirname(file);
    if (!this.#manifests.has(folder)) this.#manifests.set(folder, findManifest(folder));
    return this.#manifests.get(folder);
  }
}

/** Of the package itself, not of a folder in it that says no more than which kind of modules it has. */
function findManifest(folder: string): string | undefined {
  for (let each = folder; each.includes(PACKAGES); each = dirname(each)) {
    const manifest = join(each, "package.json");
    if (existsSync(manifest) && ts.sys.readFile(manifest)?.includes('"version"')) return manifest;
  }
  return undefined;
}

/** With slashes, as TypeScript names files everywhere. */
export function toTypeScriptPath(path: string): string {
  return path.split(sep).join("/");
}

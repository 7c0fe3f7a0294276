import { dirname, join } from "node:path";
import ts from "typescript";
import { readCompilerOptions } from "../project/compiler-options.ts";
import type { ContractRoute } from "./contract-routes.ts";
import { toContractTypes } from "./contract-source.ts";
import { ImportRecorder, toTypeScriptPath } from "./import-recorder.ts";
import { readRoute, type RouteTypes } from "./read-route.ts";

/** What the checker is asked for. */
export interface CheckRequest {
  readonly routes: readonly ContractRoute[];
  /** Files that declare something for all others, such as what plugins put on `data`. */
  readonly ambient: readonly string[];
  /** Absolute path of the contract's file, from which the routes are imported. */
  readonly file: string;
  /** What the contract's file is going to be: routes may use a client of their own project. */
  readonly source: string;
}

/** What is known of a route once it was checked. */
export interface CheckedRoute extends ContractRoute, RouteTypes {
  /** What it depends on; `undefined` for what is to be checked again in any case. */
  readonly files: readonly string[] | undefined;
}

/** What a check has found. */
export interface Checked {
  readonly routes: readonly CheckedRoute[];
  /** What all routes depend on. */
  readonly shared: readonly string[];
}

/** Asks TypeScript for the types of routes. One that lives on parses a file again only when that has changed. */
export class ContractChecker {
  readonly #folder: string;
  readonly #parsed = new Map<string, ts.SourceFile>();
  #optionsKey = "";

  /** `folder` is where the project's sources and its tsconfig.json are. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  check({ routes, ambient, file, source }: CheckRequest): Checked {
    const { options, files: configs } = readCompilerOptions(this.#folder);
    this.#forgetUnder(JSON.stringify(options));
    // A name of its own: the contract's file has all routes, and only these are asked for.
    const entry = toTypeScriptPath(join(dirname(file), ".x-contract.ts"));
    const texts = new Map([
      [entry, toContractTypes(routes, file)],
      [toTypeScriptPath(file), source],
    ]);
    const imports = new ImportRecorder(options);
    const program = ts.createProgram([entry, ...ambient], options, this.#createHost(options, texts, imports));
    const checker = program.getTypeChecker();
    const types = findContract(program.getSourceFile(entry)!, checker);
    const shared = ambient.map((each) => imports.reachedFrom(each));
    return {
      routes: routes.map((route) => {
        const { files, incomplete } = imports.reachedFrom(route.file);
        const read = readRoute(types.get(route.path), { file: route.file, incomplete, program });
        return { ...route, ...read, files: read.problem ? undefined : files };
      }),
      // Another TypeScript may see other types.
      shared: [...new Set([...configs, toManifest(options), ...shared.flatMap(({ files }) => files)])],
    };
  }

  #createHost(
    options: ts.CompilerOptions,
    texts: ReadonlyMap<string, string>,
    imports: ImportRecorder,
  ): ts.CompilerHost {
    const host = ts.createCompilerHost(options);
    return {
      ...host,
      fileExists: (path) => texts.has(path) || host.fileExists(path),
      readFile: (path) => texts.get(path) ?? host.readFile(path),
      getSourceFile: (path, languageVersion) => {
        const known = this.#parsed.get(path);
        // What is installed stays as it is while a process lives.
        if (known && path.includes("/node_modules/")) return known;
        const text = texts.get(path) ?? host.readFile(path);
        if (text === undefined) return undefined;
        if (known?.text === text) return known;
        const parsed = ts.createSourceFile(path, text, languageVersion);
        this.#parsed.set(path, parsed);
        return parsed;
      },
      resolveModuleNameLiterals: imports.resolve,
    };
  }

  /** Files are parsed and bound by the options: under others, they are others. */
  #forgetUnder(key: string): void {
    if (key !== this.#optionsKey) this.#parsed.clear();
    this.#optionsKey = key;
  }
}

/** The types of the contract's members, by path. */
function findContract(source: ts.SourceFile, checker: ts.TypeChecker): ReadonlyMap<string, ts.Type> {
  const declaration = source.statements.find(ts.isInterfaceDeclaration)!;
  const contract = checker.getTypeAtLocation(declaration);
  return new Map(
    checker
      .getPropertiesOfType(contract)
      .map((property) => [property.name, checker.getTypeOfSymbol(property)]),
  );
}

function toManifest(options: ts.CompilerOptions): string {
  return join(dirname(ts.getDefaultLibFilePath(options)), "../package.json");
}

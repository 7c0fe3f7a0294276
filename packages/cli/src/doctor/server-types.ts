import { sep } from "node:path";
import ts from "typescript";
import { SERVER_PACKAGE } from "../project/load-server.ts";

/** What the types of the server are called. */
type TypeName = "Plugin" | "InvokeData" | "MountData" | "Func" | "Api";

/** Knows the types of the server that a project's sources use. */
export class ServerTypes {
  readonly checker: ts.TypeChecker;
  readonly #folder: string;
  readonly #data: ts.Type | undefined;

  /** `folder` is where the project's copy of the server is, without links. */
  constructor(program: ts.Program, folder: string) {
    this.checker = program.getTypeChecker();
    this.#folder = folder + sep;
    this.#data = this.#findExport(program, "InvokeData");
  }

  /** Tells whether a type is this type of the server, alone or among others that it joins. */
  is(type: ts.Type, ...names: readonly TypeName[]): boolean {
    if (type.isUnionOrIntersection()) return type.types.some((member) => this.is(member, ...names));
    const symbol = type.aliasSymbol ?? type.symbol;
    if (symbol && names.some((name) => name === symbol.name) && this.#isOwn(symbol)) return true;
    return type.isClass() && (type.getBaseTypes() ?? []).some((base) => this.is(base, ...names));
  }

  /** Tells whether handlers see this field of `data`, of the framework or by an augmentation of `DefineApiInject`. */
  declaresField(name: string): boolean {
    return this.#data !== undefined && this.checker.getPropertyOfType(this.#data, name) !== undefined;
  }

  /** Tells whether a name was imported from the server or one of its entries. */
  isImported(node: ts.Identifier, ...names: readonly string[]): boolean {
    const symbol = this.checker.getSymbolAtLocation(node);
    const specifier = symbol?.declarations?.find(ts.isImportSpecifier);
    if (!specifier || !names.includes((specifier.propertyName ?? specifier.name).text)) return false;
    const from = specifier.parent.parent.parent.moduleSpecifier;
    return (
      ts.isStringLiteral(from) && (from.text === SERVER_PACKAGE || from.text.startsWith(`${SERVER_PACKAGE}/`))
    );
  }

  #isOwn(symbol: ts.Symbol): boolean {
    return symbol.declarations?.some((it) => it.getSourceFile().fileName.startsWith(this.#folder)) === true;
  }

  /** The type as the package's main entry exports it: the one that augmentations reach. */
  #findExport(program: ts.Program, name: TypeName): ts.Type | undefined {
    for (const file of program.getSourceFiles()) {
      const module = file.fileName.startsWith(this.#folder) && this.checker.getSymbolAtLocation(file);
      if (!module) continue;
      const exported = this.checker.getExportsOfModule(module).find((it) => it.name === name);
      if (!exported) continue;
      const symbol =
        exported.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(exported) : exported;
      return this.checker.getDeclaredTypeOfSymbol(symbol);
    }
    return undefined;
  }
}

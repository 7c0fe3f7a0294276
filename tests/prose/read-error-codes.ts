import ts from "typescript";
import { createProgram } from "./create-program.ts";

/** The codes of the exported unions named `*ErrorCode` in these source files (absolute paths). */
export function readErrorCodes(files: readonly string[], inMemory = new Map<string, string>()): string[] {
  const program = createProgram(files, inMemory);
  const checker = program.getTypeChecker();
  return [...files, ...inMemory.keys()].flatMap((file) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    const exported = module ? checker.getExportsOfModule(module) : [];
    return exported.filter(isErrorCodeType).flatMap((symbol) => readUnion(symbol, checker, file));
  });
}

function isErrorCodeType(symbol: ts.Symbol): boolean {
  return symbol.name.endsWith("ErrorCode") && (symbol.flags & ts.SymbolFlags.TypeAlias) !== 0;
}

function readUnion(symbol: ts.Symbol, checker: ts.TypeChecker, file: string): string[] {
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return (type.isUnion() ? type.types : [type]).map((member) => {
    if (member.isStringLiteral()) return member.value;
    // A plain `string` would make every check of the codes pass.
    throw new Error(`${file}: ${symbol.name} is no union of string literals`);
  });
}

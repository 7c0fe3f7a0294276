import ts from "typescript";
import type { Shape } from "./shape.ts";

/** Types of a platform whose properties are no data. */
const OPAQUE = new Set(["FormData", "ReadableStream", "ArrayBuffer", "Uint8Array", "Function"]);

/** What stands in a form beside texts, and is all of an answer of bytes. */
const FILES = new Set(["Blob", "File"]);

/** The shape of what has no parts; `undefined` for what has. */
export function toSimpleShape(type: ts.Type, checker: ts.TypeChecker): Shape | undefined {
  const is = (flags: ts.TypeFlags) => (type.flags & flags) !== 0;
  if (is(ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return "unknown";
  if (is(ts.TypeFlags.Never | ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike)) return "never";
  if (is(ts.TypeFlags.Boolean)) return "boolean";
  if (type.isUnion()) return undefined;
  // Among others, nothing at all is what an empty body is read as.
  if (is(ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return "null";
  if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
  if (is(ts.TypeFlags.BooleanLiteral)) return { const: checker.typeToString(type) === "true" };
  if (is(ts.TypeFlags.StringLike)) return "string";
  if (is(ts.TypeFlags.NumberLike)) return "number";
  if (is(ts.TypeFlags.NonPrimitive)) return { object: {}, rest: "unknown" };
  if (type.isIntersection()) {
    // A string that carries a brand is a string.
    const [shape] = type.types.flatMap((part) =>
      part.flags & ts.TypeFlags.Object ? [] : (toSimpleShape(part, checker) ?? []),
    );
    return shape;
  }
  if (is(ts.TypeFlags.Instantiable)) return "unknown";
  if (isOfPlatform(type, FILES)) return "file";
  return isOfPlatform(type, OPAQUE) ? "unknown" : undefined;
}

function isOfPlatform({ symbol }: ts.Type, names: ReadonlySet<string>): boolean {
  if (!symbol || !names.has(symbol.name)) return false;
  return symbol.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) === true;
}

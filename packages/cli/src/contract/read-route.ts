import ts from "typescript";
import type { Place } from "../output/place.ts";
import { hashShapes, type RouteShapes } from "./contract-shapes.ts";
import type { EndpointShapes, Shape } from "./shape.ts";
import { toShape } from "./to-shape.ts";

/** What is wrong with a route's types, and where. */
export interface TypeProblem extends Place {
  readonly message: string;
}

/** What the types of a route say. */
export interface RouteTypes {
  readonly methods: RouteShapes;
  /** Tags as they are written, with `:names`. `undefined` where a function gives them, which no type tells. */
  readonly reads: readonly string[] | undefined;
  readonly writes: readonly string[] | undefined;
  /** Why it has no types, or not all of them. */
  readonly problem?: TypeProblem | undefined;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** Where a route's types come from. */
export interface RouteSource {
  readonly file: string;
  /** Sources that it depends on and that import what was not found. */
  readonly incomplete: readonly string[];
  readonly program: ts.Program;
}

/** Reads what `ApiContract` made of a route. */
export function readRoute(type: ts.Type | undefined, { file, incomplete, program }: RouteSource): RouteTypes {
  const checker = program.getTypeChecker();
  const endpoints = type ? checker.getPropertiesOfType(type).filter(({ name }) => METHODS.has(name)) : [];
  if (endpoints.length === 0) {
    const problem = findProblem(file, program) ?? { file, message: "it exports no API by default" };
    return { methods: {}, reads: [], writes: [], problem };
  }
  const types = endpoints.map((endpoint) => [endpoint.name, checker.getTypeOfSymbol(endpoint)] as const);
  const methods = Object.fromEntries(
    types.map(([method, endpoint]) => {
      const shapes = toShapes(endpoint, checker);
      return [method, { hash: hashShapes(shapes), ...shapes }];
    }),
  );
  const [, endpoint] = types[0]!;
  return {
    methods,
    reads: tagsOf("reads", { endpoint, file, program }),
    writes: tagsOf("writes", { endpoint, file, program }),
    problem: findMissing(incomplete, program),
  };
}

function toShapes(endpoint: ts.Type, checker: ts.TypeChecker): EndpointShapes {
  const shapeOf = (type: ts.Type | undefined): Shape => (type ? toShape(type, checker) : "unknown");
  const input = memberOf(endpoint, "body", checker) ?? memberOf(endpoint, "query", checker);
  const errors = memberOf(endpoint, "errors", checker);
  return {
    input: shapeOf(input && (fieldsOf(input, checker) ?? input)),
    output: shapeOf(memberOf(endpoint, "data", checker)),
    errors: Object.fromEntries(
      (errors ? checker.getPropertiesOfType(errors) : [])
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((error) => [error.name, shapeOf(checker.getTypeOfSymbol(error))]),
    ),
  };
}

/** What `WireForm` says of the fields of a form. */
function fieldsOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  if (type.symbol?.name !== "WireForm") return undefined;
  // The name of a property by a unique symbol has the symbol's name in it.
  const fields = checker
    .getPropertiesOfType(type)
    .find(({ escapedName }) => String(escapedName).startsWith("__@FIELDS"));
  return fields && checker.getNonNullableType(checker.getTypeOfSymbol(fields));
}

/** The type of a member without the `undefined` of one that may be absent. */
function memberOf(type: ts.Type, name: string, checker: ts.TypeChecker): ts.Type | undefined {
  const member = checker.getPropertyOfType(type, name);
  if (!member) return undefined;
  const value = checker.getTypeOfSymbol(member);
  return member.flags & ts.SymbolFlags.Optional ? checker.getNonNullableType(value) : value;
}

interface TagPlace {
  readonly endpoint: ts.Type;
  readonly file: string;
  readonly program: ts.Program;
}

/** The tags that a route has as literals; `undefined` where it has others. */
function tagsOf(side: "reads" | "writes", { endpoint, file, program }: TagPlace): string[] | undefined {
  const checker = program.getTypeChecker();
  const type = memberOf(endpoint, side, checker);
  // A function's tags are in no type: that there is one can only be read.
  if (!type) return mentions(program.getSourceFile(file), side) ? undefined : [];
  if (!checker.isTupleType(type)) return undefined;
  const items = checker.getTypeArguments(type as ts.TypeReference);
  const tags = items.flatMap((item) => (item.isStringLiteral() ? [item.value] : []));
  return tags.length === items.length ? tags : undefined;
}

/** Whether an object in a file has a property of this name. */
function mentions(node: ts.Node | undefined, name: string): boolean {
  if (!node) return false;
  if (ts.isObjectLiteralElement(node) && node.name && ts.isIdentifier(node.name) && node.name.text === name)
    return true;
  return ts.forEachChild(node, (child) => mentions(child, name)) === true;
}

/** "Cannot find module" and "Could not find a declaration file", in TypeScript's variants of them. */
const MISSING_MODULE = new Set([2307, 2792, 7016]);

/** The first import that is not found and that nobody declares: whatever it gives is `any`, and nobody's wish. */
function findMissing(files: readonly string[], program: ts.Program): TypeProblem | undefined {
  for (const file of files) {
    const source = program.getSourceFile(file)!;
    const missing = program.getSemanticDiagnostics(source).find(({ code }) => MISSING_MODULE.has(code));
    if (missing) return toProblem(missing, source);
  }
  return undefined;
}

/** The first thing that TypeScript has to say of a file. */
function findProblem(file: string, program: ts.Program): TypeProblem | undefined {
  const source = program.getSourceFile(file);
  if (!source) return undefined;
  const syntax = program.getSyntacticDiagnostics(source);
  const [first] = syntax.length > 0 ? syntax : program.getSemanticDiagnostics(source);
  return first && toProblem(first, source);
}

function toProblem({ start = 0, messageText }: ts.Diagnostic, source: ts.SourceFile): TypeProblem {
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const message = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n", 1)[0]!;
  return { file: source.fileName, line: line + 1, column: character + 1, message };
}

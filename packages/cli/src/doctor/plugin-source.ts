import ts from "typescript";
import type { HookName } from "./next-flow/check-next.ts";
import { type HookFunction, isFunctionExpression, strip } from "./next-flow/hook-scope.ts";
import type { ServerTypes } from "./server-types.ts";

/** What a plugin is written as. */
export type PluginNode = ts.ClassLikeDeclaration | ts.ObjectLiteralExpression;

/** A plugin in the project's sources. */
export interface PluginSource {
  readonly node: PluginNode;
  /** How people call it: its name where that is written there, else its class. */
  readonly label: string;
  /** Its name, where that is text. */
  readonly name?: string | undefined;
  /** The type of its instances. */
  readonly type: ts.Type;
  /** The hooks with a `next` that are written here. Those of a base class are told where that is written. */
  readonly hooks: readonly { readonly name: HookName; readonly hook: HookFunction }[];
}

const HOOKS: readonly HookName[] = ["onMount", "onInvoke"];

/** The plugins that are written in a file: what says that it implements `Plugin`, and what has a plugin's hooks. */
export function findPlugins(file: ts.SourceFile, types: ServerTypes): readonly PluginSource[] {
  const found: PluginSource[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isClassLike(node)
        ? isPluginClass(node, types)
        : ts.isObjectLiteralExpression(node) && isPluginObject(node, types)
    )
      // Both tests ask for one of these two kinds.
      found.push(toSource(node as PluginNode, types));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Where to point for a plugin as a whole. */
export function headOf({ node }: PluginSource): ts.Node {
  return ts.isClassLike(node) ? (node.name ?? node) : node;
}

/** Whether nobody makes instances of it. */
export function isAbstract({ node }: PluginSource): boolean {
  return ts.isClassLike(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;
}

/** The class or object whose property this is, on an instance. */
function instanceTypeOf(node: PluginNode, checker: ts.TypeChecker): ts.Type {
  if (!ts.isClassLike(node)) return checker.getTypeAtLocation(node);
  const symbol = node.name ? checker.getSymbolAtLocation(node.name) : checker.getTypeAtLocation(node).symbol;
  return symbol ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeAtLocation(node);
}

function isPluginClass(node: ts.ClassLikeDeclaration, types: ServerTypes): boolean {
  const { checker } = types;
  const claims = (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
    .flatMap(({ types: claimed }) => claimed);
  if (claims.some((claim) => types.is(checker.getTypeAtLocation(claim), "Plugin"))) return true;
  return hasHooks(instanceTypeOf(node, checker), types);
}

function isPluginObject(node: ts.ObjectLiteralExpression, types: ServerTypes): boolean {
  const { checker } = types;
  const wanted = checker.getContextualType(node);
  if (wanted) return types.is(wanted, "Plugin");
  return hasHooks(checker.getTypeAtLocation(node), types);
}

/** Other things mount as well: an `onMount` is a plugin's by what it takes. An `onInvoke` has no other meaning. */
function hasHooks(type: ts.Type, types: ServerTypes): boolean {
  const { checker } = types;
  const takes = (hook: HookName, wanted: (first: ts.Type) => boolean): boolean => {
    const declaration = checker.getPropertyOfType(type, hook)?.valueDeclaration;
    if (!declaration) return false;
    const signatures = checker.getTypeAtLocation(declaration).getCallSignatures();
    return signatures.some(({ parameters: [first] }) => first && wanted(checker.getTypeOfSymbol(first)));
  };
  const isUntyped = (first: ts.Type) => (first.flags & ts.TypeFlags.Any) !== 0;
  return (
    takes("onInvoke", (first) => isUntyped(first) || types.is(first, "InvokeData")) ||
    takes("onMount", (first) => types.is(first, "MountData"))
  );
}

function toSource(node: PluginNode, types: ServerTypes): PluginSource {
  const { checker } = types;
  const type = instanceTypeOf(node, checker);
  const name = textOf("name", type, checker);
  const className = ts.isClassLike(node) ? node.name?.text : undefined;
  return {
    node,
    label: name ?? className ?? "a plugin whose name is not written there",
    name,
    type,
    hooks: HOOKS.flatMap((hook) => {
      const written = findHook(node, hook, checker);
      return written ? [{ name: hook, hook: written }] : [];
    }),
  };
}

/** The value of a property, where that is written as a text or its type is one. */
function textOf(property: string, type: ts.Type, checker: ts.TypeChecker): string | undefined {
  const symbol = checker.getPropertyOfType(type, property);
  const declaration = symbol?.valueDeclaration;
  // The type of what could be changed, or is known as a `Plugin`, is any string.
  if (declaration && (ts.isPropertyAssignment(declaration) || ts.isPropertyDeclaration(declaration))) {
    const written = declaration.initializer && strip(declaration.initializer);
    if (written && ts.isStringLiteralLike(written)) return written.text;
  }
  if (declaration && ts.isGetAccessor(declaration)) {
    const [only] = declaration.body?.statements ?? [];
    if (only && ts.isReturnStatement(only) && only.expression && ts.isStringLiteralLike(only.expression))
      return only.expression.text;
  }
  const valueType = symbol && checker.getTypeOfSymbol(symbol);
  return valueType?.isStringLiteral() ? valueType.value : undefined;
}

/** The function of a hook: a method, a function in a property, or one that a property names. */
function findHook(node: PluginNode, hook: HookName, checker: ts.TypeChecker): HookFunction | undefined {
  const members: readonly (ts.ClassElement | ts.ObjectLiteralElementLike)[] = ts.isClassLike(node)
    ? node.members
    : node.properties;
  const member = members.find((it) => it.name && ts.isIdentifier(it.name) && it.name.text === hook);
  if (!member) return undefined;
  if (ts.isMethodDeclaration(member)) return member.body ? member : undefined;
  if (ts.isShorthandPropertyAssignment(member))
    return toFunction(checker.getShorthandAssignmentValueSymbol(member)?.valueDeclaration);
  if (!ts.isPropertyAssignment(member) && !ts.isPropertyDeclaration(member)) return undefined;
  const value = member.initializer && strip(member.initializer);
  if (!value) return undefined;
  return toFunction(ts.isIdentifier(value) ? checker.getSymbolAtLocation(value)?.valueDeclaration : value);
}

function toFunction(declaration: ts.Node | undefined): HookFunction | undefined {
  if (!declaration) return undefined;
  if (ts.isFunctionDeclaration(declaration) || isFunctionExpression(declaration)) return declaration;
  return ts.isVariableDeclaration(declaration) && declaration.initializer
    ? toFunction(strip(declaration.initializer))
    : undefined;
}

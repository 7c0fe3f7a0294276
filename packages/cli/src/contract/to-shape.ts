import ts from "typescript";
import { joinShapes } from "./join-shapes.ts";
import type { OptionalShape, Shape } from "./shape.ts";
import { toSimpleShape } from "./to-simple-shape.ts";

/** Deeper and larger than any data: a type that makes ever new types of itself. */
const MAX_DEPTH = 60;
const MAX_PARTS = 20_000;

/** The shape of a type that is as it is on the wire. */
export function toShape(type: ts.Type, checker: ts.TypeChecker): Shape {
  // Nothing is expected where nothing was promised, and whatever comes is fine.
  if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return "unknown";
  return new ShapeReader(checker).read(type);
}

/** Reads one document: recursive types get names in it, by the order in which they are met. */
class ShapeReader {
  readonly #checker: ts.TypeChecker;
  /** Types inside of which the reader is. */
  readonly #open = new Set<ts.Type>();
  readonly #names = new Map<ts.Type, string>();
  readonly #defs: Record<string, Shape> = {};
  #parts = 0;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  read(type: ts.Type): Shape {
    const shape = this.#shapeOf(type);
    if (this.#names.size === 0 || typeof shape === "string") return shape;
    return { ...shape, defs: this.#defs };
  }

  #shapeOf(type: ts.Type): Shape {
    const simple = toSimpleShape(type, this.#checker);
    if (simple !== undefined) return simple;
    const name = this.#names.get(type);
    if (this.#open.has(type)) return this.#refer(type);
    if (name !== undefined) return toRef(name);
    this.#parts += 1;
    if (this.#open.size > MAX_DEPTH || this.#parts > MAX_PARTS) return "unknown";
    this.#open.add(type);
    const shape = this.#partsOf(type);
    this.#open.delete(type);
    const given = this.#names.get(type);
    if (given === undefined) return shape;
    this.#defs[given] = shape;
    return toRef(given);
  }

  #refer(type: ts.Type): Shape {
    const name = this.#names.get(type) ?? String(this.#names.size + 1);
    this.#names.set(type, name);
    return toRef(name);
  }

  #partsOf(type: ts.Type): Shape {
    if (type.isUnion()) return this.#unionOf(type.types);
    if (this.#checker.isTupleType(type)) return this.#tupleOf(type as ts.TupleTypeReference);
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { array: item ? this.#shapeOf(item) : "unknown" };
    }
    return this.#objectOf(type);
  }

  #unionOf(types: readonly ts.Type[]): Shape {
    // The checker orders them by when it met them, which may be another order the next time.
    const texts = new Map(types.map((type) => [type, this.#checker.typeToString(type, undefined, FULL)]));
    const sorted = types.toSorted((a, b) => (texts.get(a)! < texts.get(b)! ? -1 : 1));
    return joinShapes(sorted.map((type) => this.#shapeOf(type)));
  }

  #tupleOf(type: ts.TupleTypeReference): Shape {
    const items = this.#checker.getTypeArguments(type).map((item) => this.#shapeOf(item));
    const isFixed = type.target.elementFlags.every((flags) => flags === ts.ElementFlags.Required);
    return isFixed ? { tuple: items } : { array: joinShapes(items) };
  }

  #objectOf(type: ts.Type): Shape {
    const object: Record<string, Shape | OptionalShape> = {};
    const properties = this.#checker
      .getPropertiesOfType(type)
      .filter(({ escapedName }) => !String(escapedName).startsWith("__@"))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const property of properties) {
      const value = this.#checker.getTypeOfSymbol(property);
      const shape = this.#shapeOf(withoutUndefined(value, this.#checker));
      object[property.name] = isOptional(property, value) ? { optional: shape } : shape;
    }
    const rest = this.#checker.getIndexInfosOfType(type).map((info) => this.#shapeOf(info.type));
    return rest.length === 0 ? { object } : { object, rest: joinShapes(rest) };
  }
}

const FULL = ts.TypeFormatFlags.NoTruncation;

function isOptional(property: ts.Symbol, type: ts.Type): boolean {
  if (property.flags & ts.SymbolFlags.Optional) return true;
  return type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined);
}

/** A property of `undefined` is none on the wire. `null` stays. */
function withoutUndefined(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  if (!type.isUnion() || !type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined)) return type;
  const hasNull = type.types.some(({ flags }) => flags & ts.TypeFlags.Null);
  return hasNull ? type : checker.getNonNullableType(type);
}

function toRef(name: string): Shape {
  return { ref: `#/defs/${name}` };
}

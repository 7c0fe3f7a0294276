/** What a value looks like on the wire. A document's names for recursive shapes are in `defs` of its outermost one. */
export type Shape = "unknown" | "never" | "string" | "number" | "boolean" | "null" | "file" | ShapeNode;

/** A shape that has parts. */
export interface ShapeNode {
  readonly const?: string | number | boolean;
  readonly array?: Shape;
  readonly tuple?: readonly Shape[];
  readonly object?: Readonly<Record<string, Shape | OptionalShape>>;
  /** What further properties of an object hold. */
  readonly rest?: Shape;
  readonly anyOf?: readonly Shape[];
  /** `#/defs/1` */
  readonly ref?: string;
  readonly defs?: Readonly<Record<string, Shape>>;
}

/** A property that may be absent. */
export interface OptionalShape {
  readonly optional: Shape;
}

/** What one method of a path takes and gives. */
export interface EndpointShapes {
  readonly input: Shape;
  readonly output: Shape;
  /** By code. */
  readonly errors: Readonly<Record<string, Shape>>;
}

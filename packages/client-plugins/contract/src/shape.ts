/** What a value is on the wire, as `x types` writes it. */
export type Shape = "unknown" | "never" | "string" | "number" | "boolean" | "null" | "file" | ShapeNode;

/** A shape that has parts: one of these members, and `defs` beside it where the shape is the outermost one. */
export interface ShapeNode {
  readonly const?: string | number | boolean;
  readonly array?: Shape;
  readonly tuple?: readonly Shape[];
  readonly object?: Readonly<Record<string, Shape | OptionalShape>>;
  /** What further properties of an object hold. */
  readonly rest?: Shape;
  readonly anyOf?: readonly Shape[];
  /** `#/defs/1`, of a recursive shape. */
  readonly ref?: string;
  readonly defs?: Readonly<Record<string, Shape>>;
}

/** A property that may be absent. */
export interface OptionalShape {
  readonly optional: Shape;
}

/** What one method of a path takes and gives. */
export interface EndpointShapes {
  readonly hash: string;
  readonly input: Shape;
  readonly output: Shape;
  /** The data of the errors that it declares, by code. */
  readonly errors: Readonly<Record<string, Shape>>;
}

/** The part of JSON Schema by which configuration is described, and by which it is checked. */
export type Shape = ObjectShape | ArrayShape | TextShape | IntegerShape | FlagShape | AnyShape;

export interface ObjectShape {
  readonly type: "object";
  readonly description?: string;
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

export interface ArrayShape {
  readonly type: "array";
  readonly description?: string;
  readonly items: Shape;
  readonly minItems?: number;
}

export interface TextShape {
  readonly type: "string";
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minLength?: number;
  readonly pattern?: string;
  /** What editors, and we, say of a text that does not fit the pattern. */
  readonly patternErrorMessage?: string;
  readonly default?: string;
}

export interface IntegerShape {
  readonly type: "integer";
  readonly description?: string;
  readonly minimum: number;
  readonly default?: number;
}

export interface FlagShape {
  readonly type: "boolean";
  readonly description?: string;
  readonly default?: boolean;
}

export interface AnyShape {
  readonly description?: string;
  readonly anyOf: readonly Shape[];
}

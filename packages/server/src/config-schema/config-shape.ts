/** The part of JSON Schema by which a plugin's configuration is described, and by which it is checked. */
export interface ConfigShape {
  /** What editors show. */
  readonly description?: string;
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly enum?: readonly (string | boolean)[];
  /** What holds without it. It is shown and not filled in. */
  readonly default?: string | number | boolean;
  /** Of text, in UTF-16 units. */
  readonly minLength?: number;
  /** Of text, a regular expression; `patternErrorMessage` says in words what does not fit it. */
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ConfigShape;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, ConfigShape>>;
  readonly required?: readonly string[];
  /** What other keys hold; `false` for none. Default: anything. */
  readonly additionalProperties?: false | ConfigShape;
  readonly anyOf?: readonly ConfigShape[];
}

import type { StandardSchemaV1 } from "@standard-schema/spec";

/** One error that an API has declared, its defaults filled in. */
export interface DeclaredError {
  readonly code: string;
  readonly statusCode: number;
  readonly message: string | undefined;
  /** Of its data. */
  readonly schema: StandardSchemaV1 | undefined;
}

/** What tags may be made of. */
export interface TagData<Params = unknown> {
  /** As the schema has made them. */
  readonly params: Params;
  /** What the handler returned, or a plugin in its place. Declare its type: the handler's may stand below. */
  // oxlint-disable-next-line typescript/no-explicit-any -- if it took part in the inference of the handler's type, that would be lost
  readonly response: any;
}

/** Gives the value of a header that lists tags; `undefined` for none. It tells of tags that it leaves out. */
export type TagSource = (data: TagData, onFault: (fault: unknown) => void) => string | undefined;

/** What an API says of its replies beside their values. */
export interface Declarations {
  /** By code. */
  readonly errors: ReadonlyMap<string, DeclaredError>;
  readonly reads: TagSource | undefined;
  readonly writes: TagSource | undefined;
}

/** Under this key an error says which declaration it was made from. Other copies of this package know it too. */
export const DECLARED_AS = Symbol.for("@x/server/declared-as");

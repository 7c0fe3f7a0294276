import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Json } from "./json.ts";

/** What has no form in JSON that a schema would take back. */
type Untransferable =
  | bigint
  | symbol
  | ((...values: never[]) => unknown)
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBuffer
  | ArrayBufferView
  | RegExp
  | { toJSON(...values: never[]): unknown };

/** `never` where a caller would have to send what does not arrive: a date, a map, a big integer. */
type JsonInput<Value> = unknown extends Value
  ? Value
  : Value extends Json | undefined
    ? Value
    : Value extends Untransferable
      ? never
      : Value extends object
        ? { [Key in keyof Value]: JsonInput<Value[Key]> }
        : never;

/** A query is text: one value, or several of one name. */
type QueryInput<Value> = unknown extends Value
  ? unknown
  : Value extends object
    ? { [Key in keyof Value]: QueryField<Value[Key]> }
    : never;

/** A field of a query or a form. It may be `More` than text. */
type QueryField<Value, More = never> = unknown extends Value
  ? Value
  : | QueryValue<Value, More>
    | (Value extends readonly unknown[] ? QueryItems<Value, More> : Extract<Value, undefined>);

/** Numbers and booleans are written as text, and fit where any text does. */
type QueryValue<Value, More> = unknown extends Value
  ? Value
  : Extract<Value, More | (string extends Value ? string | number | boolean : string)>;

type QueryItems<Items extends readonly unknown[], More> = {
  [Index in keyof Items]: QueryValue<Items[Index], More>;
};

/** Whether a form has to carry it. Files stand in a field or in an array of them. */
type HasFile<Value> = unknown extends Value
  ? false
  : true extends (Value extends object ? { [Key in keyof Value]: IsFile<Value[Key]> }[keyof Value] : false)
    ? true
    : false;

type IsFile<Value> = Value extends readonly (infer Item)[] ? IsBlob<Item> : IsBlob<Value>;

type IsBlob<Value> = unknown extends Value ? false : Value extends Blob ? true : false;

declare const FIELDS: unique symbol;

/** A form, whose type tells which fields a schema takes of it. Any `FormData` is one. */
export interface WireForm<Fields = unknown> extends FormData {
  /** There is none: it is where types keep the fields'. */
  readonly [FIELDS]?: Fields;
}

type FormFields<Input> = { [Key in keyof Input]: QueryField<Input[Key], Blob> };

/** Without query and body the params are an empty object, so that a schema never gets `undefined`. */
type InputOf<Schema> = Schema extends StandardSchemaV1
  ? Exclude<StandardSchemaV1.InferInput<Schema>, undefined>
  : unknown;

/** A key that may be left out where all of the value may. */
type Field<Name extends string, Value> = unknown extends Value
  ? { [Key in Name]?: object }
  : object extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

/** What a body has to be for a schema to take it. */
type BodyOf<Input> = HasFile<Input> extends true ? WireForm<FormFields<Input>> : JsonInput<Input>;

/** What a caller sends: in the query of GET and DELETE, in the body of all others. */
export type WireInput<Schema, Method> = Method extends "GET" | "DELETE"
  ? Field<"query", QueryInput<InputOf<Schema>>>
  : Field<"body", BodyOf<InputOf<Schema>>>;

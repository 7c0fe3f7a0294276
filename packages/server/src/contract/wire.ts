import type { Json } from "./json.ts";

/** What functions and symbols are on the wire: nothing at all. */
type Unsent = symbol | ((...values: never[]) => unknown);

/** What JSON has an empty object for: their contents are no properties. */
type Hollow =
  | ArrayBuffer
  | Blob
  | ReadableStream
  | Response
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | WeakMap<WeakKey, unknown>
  | WeakSet<WeakKey>
  | RegExp
  | Promise<unknown>;

/**
 * What becomes of a value that travels as JSON: dates are text, what has `toJSON` is what that gives, properties that
 * may be `undefined` may be absent, functions and symbols are gone, maps and sets are empty objects, and big integers
 * cannot travel at all.
 *
 * @example
 * ```ts
 * import type { Wire } from "@x/server";
 *
 * const order: Wire<{ at: Date; note: string | undefined }> = { at: "2026-01-01T00:00:00.000Z" };
 * ```
 */
export type Wire<Value> = unknown extends Value
  ? Value
  : Value extends Json | undefined
    ? Value
    : Value extends bigint
      ? never
      : Value extends { toJSON(...values: never[]): infer Json }
        ? Wire<Json>
        : Value extends Unsent
          ? never
          : Value extends readonly unknown[]
            ? { [Index in keyof Value]: WireItem<Value[Index]> }
            : Value extends Hollow
              ? Record<never, never>
              : Value extends ArrayBufferView
                ? Record<string, number>
                : Value extends Error
                  ? WireObject<Omit<Value, keyof Error>>
                  : Value extends object
                    ? WireObject<Value>
                    : never;

/** In an array, what is nothing leaves `null` in its place. */
type WireItem<Value> = unknown extends Value ? Value : Value extends undefined | Unsent ? null : Wire<Value>;

/** Resolved at once, so that editors show the properties and not the way to them. */
type WireObject<Value> = Flat<
  {
    [Key in keyof Value as IsAlways<Value[Key], Key, Key>]: Wire<Exclude<Value[Key], undefined | Unsent>>;
  } & {
    [Key in keyof Value as IsSometimes<Value[Key], Key, Key>]?: Wire<Exclude<Value[Key], undefined | Unsent>>;
  }
>;

type Flat<Value> = { [Key in keyof Value]: Value[Key] };

/** `Then` for a property that is there for sure, as far as its type says. */
type IsAlways<Value, Key, Then> = Key extends symbol
  ? never
  : unknown extends Value
    ? Then
    : Extract<Value, undefined | Unsent> extends never
      ? Then
      : // The properties of a record cannot be optional: any of them may be absent as it is.
        IsOpen<Key> extends true
        ? [Exclude<Value, undefined | Unsent>] extends [never]
          ? never
          : Then
        : never;

/** `Then` for a property that may be left out. */
type IsSometimes<Value, Key, Then> = Key extends symbol
  ? never
  : unknown extends Value
    ? never
    : Extract<Value, undefined | Unsent> extends never
      ? never
      : IsOpen<Key> extends true
        ? never
        : [Exclude<Value, undefined | Unsent>] extends [never]
          ? never
          : Then;

/** Whether a key stands for any number of them. */
type IsOpen<Key> = string extends Key ? true : number extends Key ? true : false;

import type { ParamValue } from "../request/path.ts";

/** The methods that an API may declare. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What one method of a path takes and gives. Dates and the like are as they are on the wire. */
export interface Endpoint {
  data: unknown;
  query?: object;
  body?: unknown;
  error?: unknown;
}

/**
 * What `createClient` asks of an API: known methods, endpoints with data, nothing misspelt. Functions that are generic
 * over an API say `Api extends CheckedApi<Api>`.
 */
export type CheckedApi<Api> = {
  [Path in keyof Api]: {
    [Key in keyof Api[Path]]: Key extends Method
      ? Endpoint & { [Unknown in Exclude<keyof Api[Path][Key], keyof Endpoint>]: never }
      : never;
  };
};

/** An API nobody described: every path, with unknown data. */
export type UntypedApi = Record<string, Record<Method, { data: unknown; query?: object; body?: unknown }>>;

/** The paths of an API that have a method. */
export type PathsWith<Api, M extends Method> = {
  [Path in keyof Api & string]: Api[Path] extends { [Key in M]: unknown } ? Path : never;
}[keyof Api & string];

/** What an API declares for a method of a path. */
export type EndpointOf<Api, Path extends string, M extends Method> = Path extends keyof Api
  ? Api[Path] extends { [Key in M]: infer Declared }
    ? Declared
    : never
  : never;

/** The data of an endpoint. */
export type DataOf<Declared> = Declared extends { data: infer Data } ? Data : unknown;

/** What an endpoint's error responses have as their body. `unknown` where it declares nothing. */
export type ErrorBodyOf<Declared> = Declared extends { error?: infer ErrorBody } ? ErrorBody : unknown;

/** The names of a path's params: `posts/:id/comments/:comment` has `id` and `comment`. */
export type ParamNames<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? ParamNames<Head> | ParamNames<Tail>
  : Path extends `:${infer Name}`
    ? Name
    : never;

/** What an endpoint takes: params, query and body, each required exactly where the API requires it. */
export type InputOf<Declared, Path extends string> = Params<Path> &
  Field<Declared, "query"> &
  Field<Declared, "body">;

type Params<Path extends string> = string extends Path
  ? { readonly params?: Readonly<Record<string, ParamValue>> | undefined }
  : [ParamNames<Path>] extends [never]
    ? object
    : { readonly params: { readonly [Name in ParamNames<Path>]: ParamValue } };

type Field<Declared, Name extends string> = Declared extends { [Key in Name]: infer Value }
  ? undefined extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value }
  : Declared extends { [Key in Name]?: infer Value }
    ? { readonly [Key in Name]?: Value | undefined }
    : object;

import type { ClientError, DeclaredError } from "../errors.ts";
import type { Flat } from "./flat.ts";
import type { ParamValue } from "../request/path.ts";

/** The methods that an API may declare. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What one method of a path takes and gives. Dates and the like are as they are on the wire. */
export interface Endpoint {
  data: unknown;
  query?: object;
  body?: unknown;
  error?: unknown;
  /** The errors that it declares, by code, each with the type of its data. */
  errors?: object;
  /** The tags of what it reads: `orders`, `orders/:id`. */
  reads?: readonly string[];
  /** The tags of what it changes. */
  writes?: readonly string[];
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

/**
 * What requests of an endpoint fail with: an error that it declares, with its data, or one of the client's own.
 * `error.code` tells which.
 */
export type ErrorOf<Declared> =
  ClientError<ErrorBodyOf<Declared>> | DeclaredErrors<ErrorsOf<Declared>, ErrorBodyOf<Declared>>;

type ErrorsOf<Declared> = Declared extends { errors?: infer Errors extends object } ? Errors : object;

type DeclaredErrors<Errors, Body> = {
  [Code in keyof Errors & string]: DeclaredError<Code, Errors[Code], Body>;
}[keyof Errors & string];

/** The tags of what an API reads and changes. Of `orders/:id` that is each that it may be filled in to. */
export type TagsOf<Api> = {
  [Path in keyof Api]: {
    [Key in keyof Api[Path]]: FilledTag<DeclaredTag<Api[Path][Key], "reads" | "writes">>;
  }[keyof Api[Path]];
}[keyof Api];

type DeclaredTag<Declared, Name extends "reads" | "writes"> = Name extends keyof Declared
  ? Declared[Name] extends readonly (infer Tag extends string)[]
    ? Tag
    : never
  : never;

type FilledTag<Tag extends string> = Tag extends `${infer Head}/${infer Tail}`
  ? `${FilledTag<Head>}/${FilledTag<Tail>}`
  : Tag extends `:${string}`
    ? string
    : Tag;

/** The names of a path's params: `posts/:id/comments/:comment` has `id` and `comment`. */
export type ParamNames<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? ParamNames<Head> | ParamNames<Tail>
  : Path extends `:${infer Name}`
    ? Name
    : never;

/** What an endpoint takes: params, query and body, each required exactly where the API requires it. */
export type InputOf<Declared, Path extends string> = Flat<
  Params<Path> & Field<Declared, "query"> & Field<Declared, "body">
>;

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

import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { ApiData, FuncConfig, Plugin } from "../types.ts";
import type { ApiMethod } from "./api-method.ts";
import type { ApiTags } from "./api-tags.ts";
import type { ErrorDeclarations, ErrorFactories } from "./declared-errors.ts";

/** What `params` are without a schema: whatever came in. */
export type AnyParams = Readonly<Record<string, unknown>>;

/** What a schema makes of the params. */
export type ParamsOf<Schema> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<Schema>
  : AnyParams;

/** What the type of an API knows beside its result. */
export interface ApiTypes {
  readonly schema: StandardSchemaV1 | undefined;
  readonly method: ApiMethod;
  readonly errors: ErrorDeclarations;
  /** Templates, where they are no function's affair. */
  readonly reads: readonly string[] | undefined;
  readonly writes: readonly string[] | undefined;
}

/** What the handler of an API gets: with declared errors, `errors` makes them. */
export type HandlerData<Schema, Errors> = ApiData<ParamsOf<Schema>> &
  (keyof Errors extends never ? unknown : { readonly errors: ErrorFactories<Errors> });

/** Options of `defineApi`. */
export interface ApiOptions<
  Schema extends StandardSchemaV1 | undefined,
  Result,
  Method extends ApiMethod | readonly ApiMethod[] = ApiMethod | readonly ApiMethod[],
  Errors extends ErrorDeclarations = ErrorDeclarations,
  Reads extends readonly string[] | undefined = readonly string[] | undefined,
  Writes extends readonly string[] | undefined = readonly string[] | undefined,
> {
  /** Any Standard Schema. What it makes of query and body becomes `params`; what does not fit is a 400. */
  readonly schema?: Schema;
  /** The methods that the API answers. Default: `POST`. */
  readonly method?: Method | undefined;
  /**
   * The errors that clients are told of by code and data, such as `{ OUT_OF_STOCK: z.object({ left: z.number() }) }`. Each
   * is thrown as `throw data.errors.OUT_OF_STOCK({ left: 2 })`.
   */
  readonly errors?: Errors | undefined;
  /**
   * What a success is made from, as tags that clients know it by: `["orders", "orders/:id"]`, or a function. Default: the
   * clients' own, made of the path.
   */
  readonly reads?: ApiTags<ParamsOf<Schema>, Reads> | undefined;
  /** What a success has changed, as tags by which clients find what is out of date. Default: the clients' own. */
  readonly writes?: ApiTags<ParamsOf<Schema>, Writes> | undefined;
  /** Gets everything in one object. Its value is the body of the response. */
  readonly handler: (data: HandlerData<Schema, Errors>) => Result;
  /** Outermost first. The array is copied. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Wins over YAML. */
  readonly config?: FuncConfig | undefined;
  /** How long all `onMount` hooks may take together. Default: 30,000. */
  readonly mountTimeoutMs?: number | undefined;
}

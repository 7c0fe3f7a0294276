import type { StandardSchemaV1 } from "@standard-schema/spec";
import { HttpError } from "../errors.ts";
import { type DeclaredError, DECLARED_AS } from "../http/declarations.ts";

/** How an API declares one of its errors, where a schema alone does not say it all. */
export interface ErrorDeclaration {
  /** From 400 to 599. Default: 409. */
  readonly status?: number | undefined;
  /** What the client reads. Default: such as `HTTP 409`. */
  readonly message?: string | undefined;
  /** What the error's data are checked by before they are sent. Without it there are none. */
  readonly schema?: StandardSchemaV1 | undefined;
}

/** The errors that an API declares, by their codes: a Standard Schema of the data, or more than that. */
export type ErrorDeclarations = Readonly<Record<string, StandardSchemaV1 | ErrorDeclaration>>;

/** The schema of a declared error's data; `undefined` where it has none. */
export type ErrorSchemaOf<Declaration> = Declaration extends StandardSchemaV1
  ? Declaration
  : Declaration extends { readonly schema: infer Schema extends StandardSchemaV1 }
    ? Schema
    : undefined;

/** What one throw of a declared error says otherwise. */
export interface DeclaredErrorOptions {
  /** What the client reads. Default: what the declaration says. */
  readonly message?: string | undefined;
  /** Sent with the response. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What was thrown underneath. It is logged and never sent. */
  readonly cause?: unknown;
}

/** An error that an API has declared. What it carries is for the client to read. */
export interface DeclaredHttpError<Code extends string = string, Data = unknown> extends HttpError {
  readonly code: Code;
  readonly data: Data;
}

/** Makes a declared error, to be thrown. */
export type ErrorFactory<Code extends string, Schema> = Schema extends StandardSchemaV1
  ? (
      data: StandardSchemaV1.InferInput<Schema>,
      options?: DeclaredErrorOptions,
    ) => DeclaredHttpError<Code, StandardSchemaV1.InferInput<Schema>>
  : (data?: undefined, options?: DeclaredErrorOptions) => DeclaredHttpError<Code, undefined>;

/** `data.errors`: what makes each of the errors that the API declares. */
export type ErrorFactories<Declarations> = {
  readonly [Code in keyof Declarations & string]: ErrorFactory<Code, ErrorSchemaOf<Declarations[Code]>>;
};

/** Makes `data.errors`, once for an API. */
export function createErrorFactories(
  declared: ReadonlyMap<string, DeclaredError>,
): Readonly<Record<string, (data?: unknown, options?: DeclaredErrorOptions) => HttpError>> {
  const create =
    (declaration: DeclaredError) =>
    (data?: unknown, options: DeclaredErrorOptions = {}): HttpError => {
      const { code, statusCode } = declaration;
      const { message = declaration.message, headers } = options;
      const cause = "cause" in options && { cause: options.cause };
      const error = new HttpError({ statusCode, code, message, headers, ...cause });
      return Object.assign(error, { data, [DECLARED_AS]: declaration });
    };
  return Object.fromEntries([...declared].map(([code, declaration]) => [code, create(declaration)]));
}

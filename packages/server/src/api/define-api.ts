import type { StandardSchemaV1 } from "@standard-schema/spec";
import { ServerError } from "../errors.ts";
import { withHttp } from "../http/with-http.ts";
import type { ApiData, FuncConfig, HttpEvent, Plugin } from "../types.ts";
import { Func } from "../func/func.ts";
import { isThenable } from "../func/to-step.ts";
import { validateParams } from "./validate-params.ts";

/** The methods that an API can open. HEAD comes with GET, and OPTIONS is answered for all. */
export type ApiMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** What `params` are without a schema: whatever came in. */
export type AnyParams = Readonly<Record<string, unknown>>;

/** What a schema makes of the params. */
export type ParamsOf<Schema> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<Schema>
  : AnyParams;

/** Options of `defineApi`. */
export interface ApiOptions<Schema extends StandardSchemaV1 | undefined, Result> {
  /** Any Standard Schema. What it makes of query and body becomes `params`; what does not fit is a 400. */
  readonly schema?: Schema;
  /** The methods that the API answers. Default: `POST`. */
  readonly method?: ApiMethod | readonly ApiMethod[] | undefined;
  /** Gets everything in one object. Its value is the body of the response. */
  readonly handler: (data: ApiData<ParamsOf<Schema>>) => Result;
  /** Outermost first. The array is copied. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Wins over YAML. */
  readonly config?: FuncConfig | undefined;
  /** How long all `onMount` hooks may take together. Default: 30,000. */
  readonly mountTimeoutMs?: number | undefined;
}

/** A function behind HTTP. It always has the `http` plugin, its own or the one that configuration describes. */
export class Api<Result = unknown> extends Func<Result, HttpEvent> {
  /** The methods that it answers. */
  readonly methods: readonly ApiMethod[];
  /** What its params are checked by. */
  readonly schema: StandardSchemaV1 | undefined;

  /** @throws ServerError `INVALID_API` for a method or a schema that is none. */
  constructor(options: ApiOptions<StandardSchemaV1 | undefined, Result>) {
    const { schema, method = "POST", handler, ...rest } = options ?? {};
    if (schema !== undefined && typeof schema["~standard"]?.validate !== "function")
      throw new ServerError(
        "INVALID_API",
        "the schema of an API is no Standard Schema: take one from zod, valibot or another library that has it",
      );
    // Whatever the params' type is, the schema has made it.
    const run = handler as (data: ApiData<unknown>) => Result;
    super({ ...rest, handler: schema ? withSchema(schema, run) : run } as never);
    this.schema = schema;
    this.methods = toMethods(method);
  }

  protected override complete(plugins: readonly Plugin[]): readonly Plugin[] {
    return withHttp(plugins, this.plugins);
  }
}

/**
 * Defines a function behind HTTP.
 *
 * @example
 * ```ts
 * import { defineApi, HttpError } from "@x/server";
 * import { z } from "zod";
 *
 * export default defineApi({
 *   schema: z.object({ title: z.string().min(1) }),
 *   async handler({ params }) {
 *     if (params.title === "taken") throw new HttpError({ statusCode: 409, message: "the title is taken" });
 *     return { id: 1, title: params.title };
 *   },
 * });
 * ```
 *
 * @throws ServerError `INVALID_FUNC` without a handler, `INVALID_API` for a method or a schema that is none.
 */
export function defineApi<Result, Schema extends StandardSchemaV1 | undefined = undefined>(
  options: ApiOptions<Schema, Result>,
): Api<Result> {
  // The schema's type matters to the handler alone.
  return new Api(options as never);
}

function withSchema<Result>(schema: StandardSchemaV1, handler: (data: ApiData<unknown>) => Result) {
  return (data: ApiData<unknown>) => {
    const run = (params: unknown) => {
      data.params = params;
      return handler(data);
    };
    const params = validateParams(schema, data.params);
    return isThenable(params) ? params.then(run) : run(params);
  };
}

function toMethods(method: ApiMethod | readonly ApiMethod[]): readonly ApiMethod[] {
  const methods = [method].flat();
  const unknown = methods.find((it) => !METHODS.has(it));
  if (methods.length > 0 && unknown === undefined) return Object.freeze([...new Set(methods)]);
  throw new ServerError(
    "INVALID_API",
    `an API cannot open the method ${String(unknown ?? "[]")}: take some of ${[...METHODS].join(", ")}`,
  );
}

import type { StandardSchemaV1 } from "@standard-schema/spec";
import { ServerError } from "../errors.ts";
import { Func } from "../func/func.ts";
import { isThenable } from "../func/to-step.ts";
import type { Declarations } from "../http/declarations.ts";
import { withHttp } from "../http/with-http.ts";
import type { ApiData, HttpEvent, Plugin } from "../types.ts";
import { type ApiMethod, type MethodOf, toMethods } from "./api-method.ts";
import type { ApiOptions, ApiTypes } from "./api-options.ts";
import { createErrorFactories, type ErrorDeclarations } from "./declared-errors.ts";
import { toDeclarations } from "./to-declarations.ts";
import { validateParams } from "./validate-params.ts";

type ErasedHandler = (data: ApiData<unknown>) => unknown;

/** A function behind HTTP. It always has the `http` plugin, its own or the one that configuration describes. */
export class Api<Result = unknown, Types extends ApiTypes = ApiTypes> extends Func<Result, HttpEvent> {
  /** The methods that it answers. */
  readonly methods: readonly Types["method"][];
  /** What its params are checked by. */
  readonly schema: Types["schema"];
  /** The errors that it declares. */
  readonly errors: Types["errors"];
  /** What its successes are made from, where no function says it. */
  readonly reads: Types["reads"];
  /** What its successes have changed, where no function says it. */
  readonly writes: Types["writes"];
  /** For hosts: what its replies say beside their values; `undefined` where that is nothing. */
  readonly declarations: Declarations | undefined;

  /** @throws ServerError `INVALID_API` for a method, a schema, an error or a tag that is none. */
  constructor(options: ApiOptions<Types["schema"], Result, Types["method"], Types["errors"]>) {
    const { schema, method = "POST", handler, errors = {}, reads, writes, ...rest } = options ?? {};
    assertSchema(schema);
    const declarations = toDeclarations({ errors, reads, writes });
    // Whatever the params' type is, the schema has made it.
    const own = handler as ErasedHandler;
    const run = declarations && declarations.errors.size > 0 ? withErrors(declarations, own) : own;
    super({ ...rest, handler: schema ? withSchema(schema, run) : run } as never);
    this.schema = schema;
    this.methods = toMethods(method);
    this.errors = errors;
    this.reads = toTemplates(reads);
    this.writes = toTemplates(writes);
    this.declarations = declarations;
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
 * import { defineApi } from "@x/server";
 * import { z } from "zod";
 *
 * export default defineApi({
 *   schema: z.object({ title: z.string().min(1) }),
 *   errors: { TITLE_TAKEN: z.object({ title: z.string() }) },
 *   writes: ["posts"],
 *   async handler({ params, errors }) {
 *     if (params.title === "taken") throw errors.TITLE_TAKEN({ title: params.title });
 *     return { id: 1, title: params.title };
 *   },
 * });
 * ```
 *
 * @throws ServerError `INVALID_FUNC` without a handler, `INVALID_API` for a method, a schema, an error or a tag that is
 * none.
 */
export function defineApi<
  Result,
  Schema extends StandardSchemaV1 | undefined = undefined,
  const Method extends ApiMethod | readonly ApiMethod[] = "POST",
  Errors extends ErrorDeclarations = Record<never, never>,
  const Reads extends readonly string[] | undefined = undefined,
  const Writes extends readonly string[] | undefined = undefined,
>(
  options: ApiOptions<Schema, Result, Method, Errors, Reads, Writes>,
): Api<Result, { schema: Schema; method: MethodOf<Method>; errors: Errors; reads: Reads; writes: Writes }> {
  // What the types say beyond the class's own matters to the handler and to contracts alone.
  return new Api(options as never);
}

function assertSchema(schema: StandardSchemaV1 | undefined): void {
  if (schema !== undefined && typeof schema["~standard"]?.validate !== "function")
    throw new ServerError(
      "INVALID_API",
      "the schema of an API is no Standard Schema: take one from zod, valibot or another library that has it",
    );
}

function toTemplates<Templates>(tags: unknown): Templates {
  // A function has no type among those of templates.
  return (Array.isArray(tags) ? Object.freeze([...tags]) : undefined) as Templates;
}

function withErrors({ errors }: Declarations, handler: ErasedHandler): ErasedHandler {
  const factories = createErrorFactories(errors);
  return (data) => handler(Object.assign(data, { errors: factories }));
}

function withSchema(schema: StandardSchemaV1, handler: ErasedHandler): ErasedHandler {
  return (data) => {
    const run = (params: unknown) => {
      data.params = params;
      return handler(data);
    };
    const params = validateParams(schema, data.params);
    return isThenable(params) ? params.then(run) : run(params);
  };
}

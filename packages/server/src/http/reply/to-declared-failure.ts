import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type HttpError, isHttpError, messageOf, ServerError } from "../../errors.ts";
import type { InvocationData } from "../../func/invocation-data.ts";
import { isThenable } from "../../func/to-step.ts";
import { type Declarations, DECLARED_AS, type DeclaredError } from "../declarations.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { HttpReply } from "../http-reply.ts";
import { toSchemaIssues } from "../schema-issues.ts";
import { toFailure } from "./to-failure.ts";

type MadeError = HttpError & { readonly [DECLARED_AS]?: DeclaredError; readonly data?: unknown };

/**
 * The reply to a failure of an API that declares errors: one of those tells its code and its data, once its schema has
 * agreed to them. Those of another API are as any other failure.
 */
export function toDeclaredFailure(
  data: InvocationData,
  error: unknown,
  { errors }: Declarations,
): HttpReply | Promise<HttpReply> {
  if (!isHttpError(error)) return toFailure(data, error);
  const made: MadeError = error;
  const declared = made[DECLARED_AS];
  if (declared === undefined || errors.get(declared.code) !== declared) return toFailure(data, error);
  const tell = (value: unknown) => toFailure(data, toTellable(made, declared, value));
  const { schema } = declared;
  if (!schema) return tell(undefined);
  const check = (result: StandardSchemaV1.Result<unknown>) =>
    result.issues ? fail(data, toFault(declared, result.issues, error)) : tell(result.value);
  try {
    const result = schema["~standard"].validate(made.data);
    return isThenable(result)
      ? Promise.resolve(result)
          .then(check)
          .catch((fault: unknown) => fail(data, fault))
      : check(result);
  } catch (fault) {
    return fail(data, fault);
  }
}

function toTellable(error: HttpError, { code }: DeclaredError, data: unknown): ProblemError {
  const { statusCode, message, headers } = error;
  return new ProblemError({ statusCode, message, code, headers }, { members: { data }, declaredCode: code });
}

function toFault(
  { code }: DeclaredError,
  issues: readonly StandardSchemaV1.Issue[],
  cause: unknown,
): ServerError {
  const faults = toSchemaIssues(issues).map(({ path, message }) =>
    path === "" ? message : `${path}: ${message}`,
  );
  return new ServerError(
    "INVALID_REPLY",
    `the data of the error ${code} do not fit its schema: ${faults.join("; ")}`,
    { cause },
  );
}

/** A mistake of the program, of which the client learns nothing. */
function fail(data: InvocationData, fault: unknown): HttpReply | Promise<HttpReply> {
  data.logger.error({ err: fault }, messageOf(fault));
  return toFailure(data, undefined);
}

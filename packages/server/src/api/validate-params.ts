import type { StandardSchemaV1 } from "@standard-schema/spec";
import { HttpError } from "../errors.ts";
import { toSchemaIssues } from "../http/schema-issues.ts";

/** What a schema makes of the params. Synchronous where the schema is. */
export function validateParams(schema: StandardSchemaV1, params: unknown): unknown {
  const result = schema["~standard"].validate(params);
  return result instanceof Promise ? result.then(toOutput) : toOutput(result);
}

/** @throws HttpError 400 `INVALID_PARAMS` with path and message of every fault. */
function toOutput(result: StandardSchemaV1.Result<unknown>): unknown {
  if (!result.issues) return result.value;
  throw new HttpError({
    statusCode: 400,
    code: "INVALID_PARAMS",
    message: "the params do not fit the schema",
    errors: toSchemaIssues(result.issues),
  });
}

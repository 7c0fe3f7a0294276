import type { StandardSchemaV1 } from "@standard-schema/spec";
import { ServerError } from "../errors.ts";
import type { Declarations, DeclaredError, TagData, TagSource } from "../http/declarations.ts";
import type { ErrorDeclaration, ErrorDeclarations } from "./declared-errors.ts";
import { isReservedCode } from "./reserved-codes.ts";
import { isTags, toTagSource } from "./to-tag-source.ts";

interface Declared {
  readonly errors: ErrorDeclarations;
  readonly reads: unknown;
  readonly writes: unknown;
}

const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
const OPTIONS: ReadonlySet<string> = new Set(["status", "message", "schema"]);
const CONFLICT = 409;

/**
 * Checks what an API declares, and fills in the defaults.
 *
 * @returns `undefined` where it declares nothing, so that nothing is done for it.
 * @throws ServerError `INVALID_API` for an error or a tag that is none.
 */
export function toDeclarations({ errors, reads, writes }: Declared): Declarations | undefined {
  if (typeof errors !== "object" || errors === null)
    throw invalid("the errors of an API are an object: { OUT_OF_STOCK: schema }");
  const entries = Object.entries(errors).map(([code, declared]) => [code, toError(code, declared)] as const);
  if (entries.length === 0 && reads === undefined && writes === undefined) return undefined;
  return { errors: new Map(entries), reads: toTags("reads", reads), writes: toTags("writes", writes) };
}

function toError(code: string, declared: unknown): DeclaredError {
  if (!CODE.test(code)) throw invalid(`"${code}" is no name of an error: write it as in OUT_OF_STOCK`);
  if (isReservedCode(code))
    throw invalid(`the error ${code} would be taken for the framework's own: rename it`);
  if (isSchema(declared)) return { code, statusCode: CONFLICT, message: undefined, schema: declared };
  if (typeof declared !== "object" || declared === null)
    throw invalid(`the error ${code} is neither a Standard Schema nor { status, message, schema }`);
  const unknown = Object.keys(declared).find((key) => !OPTIONS.has(key));
  if (unknown !== undefined)
    throw invalid(
      `the error ${code} has an unknown option "${unknown}": it takes status, message and schema`,
    );
  const { status = CONFLICT, message, schema } = declared as ErrorDeclaration;
  if (!Number.isInteger(status) || status < 400 || status > 599)
    throw invalid(`the status of the error ${code} is ${String(status)}: take one from 400 to 599`);
  if (message !== undefined && typeof message !== "string")
    throw invalid(`the message of the error ${code} is no text`);
  if (schema !== undefined && !isSchema(schema))
    throw invalid(`the schema of the error ${code} is no Standard Schema`);
  return { code, statusCode: status, message, schema };
}

function toTags(option: string, tags: unknown): TagSource | undefined {
  if (tags === undefined) return undefined;
  if (typeof tags === "function")
    return toTagSource(option, tags as (data: TagData<never>) => readonly string[]);
  if (isTags(tags)) return toTagSource(option, tags);
  throw invalid(`${option} of an API are texts such as "orders/:id", or a function that gives them`);
}

function isSchema(value: unknown): value is StandardSchemaV1 {
  const isHolder = (typeof value === "object" && value !== null) || typeof value === "function";
  if (!isHolder || !("~standard" in value)) return false;
  const { validate } = value["~standard"] as Partial<StandardSchemaV1["~standard"]>;
  return typeof validate === "function";
}

function invalid(message: string): ServerError {
  return new ServerError("INVALID_API", message);
}

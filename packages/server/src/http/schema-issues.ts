import type { StandardSchemaV1 } from "@standard-schema/spec";

/** One fault of a value, as a schema found it. */
export interface SchemaIssue {
  /** The keys that lead to it, joined by dots; "" for the whole. */
  readonly path: string;
  readonly message: string;
}

/** Faults with their paths as text. */
export function toSchemaIssues(issues: readonly StandardSchemaV1.Issue[]): SchemaIssue[] {
  return issues.map(({ path = [], message }) => ({
    path: path.map((segment) => String(typeof segment === "object" ? segment.key : segment)).join("."),
    message,
  }));
}

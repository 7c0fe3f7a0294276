import type ts from "typescript";

/** The points of the checklist, in the order in which they are told. */
export const POINTS = {
  identity: "has type and name as readonly strings",
  hooks: "implements onMount, onInvoke, or both",
  injection: "declares in DefineApiInject what it puts on data",
  registration: "is configured in faas.yaml or in code",
  next: "calls next() exactly once in each hook",
  tests: "is exercised by tests through Func.invoke() or testApi()",
  stability: "has a stable name",
  loading: "functions load, with all their plugins",
  layers: "configuration layers are valid, and code hides none of their values",
  uniqueness: "plugin names are unique within each function",
} as const;

export type PointId = keyof typeof POINTS;

/** Errors fail the command. Warnings are most probably mistakes; what is info is for somebody to judge. */
export type Severity = "error" | "warning" | "info";

/** Something that the doctor has to say, and where. */
export interface Finding {
  readonly point: PointId;
  readonly severity: Severity;
  readonly message: string;
  /** Absolute path. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
}

/** Something to say of a place, as far as that is known. */
export function toFinding(
  point: PointId,
  severity: Severity,
  message: string,
  { file, line, column }: Pick<Finding, "file" | "line" | "column">,
): Finding {
  return { point, severity, message, file, line, column };
}

/** Something to say of a node of a source file. */
export function findingAt(point: PointId, severity: Severity, message: string, node: ts.Node): Finding {
  return toFinding(point, severity, message, placeOf(node));
}

/** A place in a source file. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a node of a source file stands. */
export function placeOf(node: ts.Node): SourcePlace {
  const source = node.getSourceFile();
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart());
  return { file: source.fileName, line: line + 1, column: character + 1 };
}

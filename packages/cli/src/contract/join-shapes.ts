import { toCanonicalJson } from "./contract-shapes.ts";
import type { Shape } from "./shape.ts";

/** One shape for what may be any of several, the same whatever their order. */
export function joinShapes(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) =>
    typeof shape === "object" && shape.anyOf ? shape.anyOf : shape === "never" ? [] : [shape],
  );
  if (flat.includes("unknown")) return "unknown";
  const byText = new Map(flat.map((shape) => [toCanonicalJson(shape), shape]));
  const [yes, no] = ['{"const":true}', '{"const":false}'];
  if (byText.has(yes) && byText.has(no)) {
    byText.delete(yes);
    byText.delete(no);
    byText.set('"boolean"', "boolean");
  }
  const joined = [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, shape]) => shape);
  return joined.length > 1 ? { anyOf: joined } : (joined[0] ?? "never");
}

import { createHash } from "node:crypto";
import type { EndpointShapes } from "./shape.ts";

/** What one method of a path takes and gives, and the hash by which both ends tell whether they agree. */
export interface HashedShapes extends EndpointShapes {
  readonly hash: string;
}

/** By method. */
export type RouteShapes = Readonly<Record<string, HashedShapes>>;

const HASH_LENGTH = 12;

/** The same for equal shapes, on every machine. */
export function hashShapes({ input, output, errors }: EndpointShapes): string {
  const text = toCanonicalJson({ input, output, errors });
  return createHash("sha256").update(text).digest("base64url").slice(0, HASH_LENGTH);
}

/** The text of `contract.json`, by path and method: a line for each part, so that a difference can be read. */
export function toShapesSource(routes: ReadonlyMap<string, RouteShapes>): string {
  const typed = [...routes].filter(([, methods]) => Object.keys(methods).length > 0);
  const paths = typed.toSorted(byName).map(([path, methods]) => {
    const endpoints = Object.entries(methods)
      .toSorted(byName)
      .map(([method, { hash, input, output, errors }]) => {
        const parts = Object.entries({ hash, input, output, errors }).map(
          ([part, value]) => `      "${part}": ${toCanonicalJson(value)}`,
        );
        return `    ${JSON.stringify(method)}: {\n${parts.join(",\n")}\n    }`;
      });
    return `  ${JSON.stringify(path)}: {\n${endpoints.join(",\n")}\n  }`;
  });
  return paths.length === 0 ? "{}\n" : `{\n${paths.join(",\n")}\n}\n`;
}

/** JSON in which equal values have equal texts: keys are sorted. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(byName))
      : part,
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

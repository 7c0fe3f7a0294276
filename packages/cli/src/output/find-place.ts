import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "./place.ts";

/** A path or URL with a line, and perhaps a column, as stacks and syntax errors show it. */
const PLACE = /(file:\/\/\/[^\s()]+?|\/[^\s()]+?|[A-Za-z]:\\[^\s()]+?):(\d+)(?::(\d+))?(?=[\s)]|$)/g;

/** The first place in an error's stack that lies in the project, or `undefined`. A syntax error begins with its own. */
export function findPlace(thrown: unknown, root: string | undefined): Place | undefined {
  if (!(thrown instanceof Error) || root === undefined) return undefined;
  for (const [, where = "", line, column] of tracesOf(thrown).matchAll(PLACE)) {
    const file = toPath(where);
    if (file === undefined || !file.startsWith(root + sep) || file.includes(`${sep}node_modules${sep}`))
      continue;
    return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
  }
  return undefined;
}

/** A stack without the message, which may name other places. What stands before it is where a syntax error is. */
function tracesOf({ stack = "", message }: Error): string {
  const start = Math.max(stack.indexOf(message), 0);
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [stack.slice(0, start), ...frames].join("\n");
}

function toPath(where: string): string | undefined {
  // A module that was loaded again has its version as a query.
  const plain = where.replace(/\?.*$/, "");
  try {
    return plain.startsWith("file:") ? fileURLToPath(plain) : plain;
  } catch {
    return undefined;
  }
}

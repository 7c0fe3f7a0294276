import { withShownPaths } from "../output/place.ts";
import type { Terminal } from "../output/terminal.ts";

/** A line of the log, as far as it is read here. */
interface LogLine {
  readonly level?: unknown;
  readonly msg?: unknown;
  readonly func?: unknown;
  readonly plugin?: unknown;
  readonly err?: unknown;
  readonly [field: string]: unknown;
}

const LEVELS: Readonly<Record<string, readonly [name: string, style: "dim" | "cyan" | "yellow" | "red"]>> = {
  "20": ["debug", "dim"],
  "30": ["info", "cyan"],
  "40": ["warn", "yellow"],
  "50": ["error", "red"],
};
/** What every line has, and what is shown in a place of its own. */
const SHOWN = new Set([
  "level",
  "time",
  "pid",
  "hostname",
  "msg",
  "func",
  "plugin",
  "err",
  "requestId",
  "file",
]);

/** Makes a line for people of a JSON line of the log, which holds no secret any more. */
export function toReadableLog(json: string, root: string, terminal: Terminal): string {
  const line = parse(json);
  if (!line) return json.trimEnd();
  const [name, style] = LEVELS[String(line.level)] ?? [String(line.level), "dim"];
  const rest = Object.entries(line).filter(([key]) => !SHOWN.has(key));
  const words = [
    terminal.paint(style, name.padEnd(5)),
    terminal.paint("dim", [line.func, line.plugin].filter((it) => typeof it === "string").join(" ")),
    typeof line.msg === "string" ? withShownPaths(line.msg) : "",
    ...rest.map(([key, value]) => terminal.paint("dim", `${key}=${JSON.stringify(value)}`)),
  ];
  return [words.filter((word) => word !== "").join(" "), ...toStackLines(line.err, root, terminal)].join(
    "\n",
  );
}

/** Where in the project an error was thrown, or the whole stack for whoever wants all of it. */
function toStackLines(error: unknown, root: string, terminal: Terminal): string[] {
  if (typeof error !== "object" || error === null || !("stack" in error) || typeof error.stack !== "string")
    return [];
  const frames = error.stack.split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.filter((frame) => frame.includes(root) && !frame.includes("node_modules"));
  return (terminal.verbose ? frames : own).map((frame) => terminal.paint("dim", `  ${toShownFrame(frame)}`));
}

/** Without the version that a module gets with every reload. */
function toShownFrame(frame: string): string {
  return withShownPaths(
    frame
      .trim()
      .replaceAll("file://", "")
      .replaceAll(/\?[\w-]+=\d+(?=:)/g, ""),
  );
}

function parse(json: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(json);
    // An object can be read by any name.
    return typeof value === "object" && value !== null ? (value as LogLine) : undefined;
  } catch {
    // Whatever wrote it, it is worth showing.
    return undefined;
  }
}

import type { ExplainedSource, ExplainedValue } from "@x/server/tooling";
import { toColumns } from "../output/columns.ts";
import { toShownPlace } from "../output/place.ts";
import type { Terminal } from "../output/terminal.ts";

/** Lists a configuration for people, plugin by plugin: key, value, place, and below them what was overridden. */
export function tellValues(values: readonly ExplainedValue[], terminal: Terminal): void {
  const plugins = new Set(values.map(({ keyPath }) => keyPath[1] ?? ""));
  for (const plugin of plugins) {
    terminal.line(`  ${terminal.paint("bold", plugin)}`);
    const rows = values
      .filter(({ keyPath }) => keyPath[1] === plugin)
      .flatMap((value) => toRows(value, terminal));
    for (const line of toColumns(rows, { indent: "    ", width: terminal.width })) terminal.line(line);
  }
}

/** A value for machines. */
export function toValueDocument({
  keyPath,
  overrode,
  ...source
}: ExplainedValue): Readonly<Record<string, unknown>> {
  return { key: keyPath.join("."), ...source, overrode };
}

const MAX_VALUE_LENGTH = 32;

function toRows(value: ExplainedValue, terminal: Terminal): string[][] {
  const overridden = value.overrode.map((source) =>
    toRow("  overrode", source, terminal).map((it) => terminal.paint("dim", it)),
  );
  return [toRow(value.keyPath.slice(2).join("."), value, terminal), ...overridden];
}

function toRow(key: string, source: ExplainedSource, terminal: Terminal): string[] {
  return [key, terminal.paint(source.redacted ? "yellow" : "green", toText(source)), toOrigin(source)];
}

function toText({ value, redacted, variables }: ExplainedSource): string {
  // The name of a variable is no secret, and tells where to look.
  if (redacted) return variables.length > 0 ? `[redacted] \${${variables.join("}, ${")}}` : "[redacted]";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH - 1)}…` : text;
}

function toOrigin(source: ExplainedSource): string {
  if (source.source === "default") return "default of the plugin";
  if (source.source === "code") return "in code";
  const section = source.section === undefined || source.section === "defaults" ? "" : ` (${source.section})`;
  return toShownPlace(source) + section;
}

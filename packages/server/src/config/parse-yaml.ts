import type { Document } from "yaml";
import type { Fault } from "../errors.ts";
import type { ConfigNode } from "./config-node.ts";
import { keyPathAt } from "./key-path-at.ts";
import { describeYamlFault, keepsShape } from "./yaml-faults.ts";
import { YamlReader } from "./yaml-reader.ts";

/** A file's content with positions, as far as it can be read, and all that is wrong with it. */
export interface ParsedYaml {
  /** `undefined` where the file is empty, or broken so that nothing of it can be trusted. */
  readonly root: ConfigNode | undefined;
  readonly faults: readonly Fault[];
}

/** Parses one YAML document. The parser is loaded with the first text. */
export async function parseYaml(text: string, file: string): Promise<ParsedYaml> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  let document: Document.Parsed;
  try {
    document = yaml.parseDocument(text, {
      lineCounter: lines,
      // Messages that quote the source would quote secrets.
      prettyErrors: false,
      stringKeys: true,
      resolveKnownTags: false,
      logLevel: "error",
    });
  } catch {
    // The parser is recursive: nesting beyond reason exhausts its stack.
    const message = describeYamlFault("RESOURCE_EXHAUSTION");
    return { root: undefined, faults: [{ message, file, line: 1, column: 1, keyPath: [] }] };
  }
  // A warning is a tag or a directive that would be ignored without a word.
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  const faults = errors.map(({ code, pos: [offset] }): Fault => {
    const { line, col } = lines.linePos(offset);
    const hint = text.startsWith("${", offset - 1) ? ": quote a text with ${…} inside braces" : "";
    const message = describeYamlFault(code) + hint;
    const keyPath = keyPathAt(yaml, document, text, offset);
    return { message, file, line: Math.max(line, 1), column: Math.max(col, 1), keyPath };
  });
  if (errors.some(({ code }) => !keepsShape(code)))
    return { root: undefined, faults: faults.filter(isFirstOfLine) };
  const reader = new YamlReader(yaml, document, lines, file);
  const root = document.contents ? reader.read(document.contents, []) : undefined;
  return { root, faults: [...faults, ...reader.faults] };
}

/** One mistake makes the parser stumble over what follows it as well. */
function isFirstOfLine({ line }: Fault, index: number, faults: readonly Fault[]): boolean {
  return faults.findIndex((fault) => fault.line === line) === index;
}

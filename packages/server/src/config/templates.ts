import type { Template, Variable } from "./config-node.ts";

/** A text whose `${…}` cannot be read. The message tells how to write it. */
export interface TemplateFault {
  readonly message: string;
}

/** What became of a template. */
export interface FilledTemplate {
  readonly text: string;
  /** Variables that are not set and have no default. */
  readonly missing: readonly string[];
  /** What variables, as opposed to defaults, gave. */
  readonly given: readonly string[];
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const ADVICE = "write ${NAME}, ${NAME:-default}, or $${ for the characters themselves";

/** Reads the variables in a text. A text without any is `undefined`. */
export function parseTemplate(text: string): Template | TemplateFault | undefined {
  if (!text.includes("${")) return undefined;
  const reader = { text, position: 0 };
  const template = readTemplate(reader, false);
  return template ?? { message: `a "\${" is not complete: ${ADVICE}` };
}

/**
 * Fills a template in. As in a shell, `:-` gives its default for a variable that is unset or empty, while a variable
 * without a default may be empty.
 */
export function fillTemplate(
  template: Template,
  env: Readonly<Record<string, string | undefined>>,
): FilledTemplate {
  const missing: string[] = [];
  const given: string[] = [];
  const fill = (parts: Template): string =>
    parts.map((part) => (typeof part === "string" ? part : valueOf(part))).join("");
  const valueOf = ({ name, fallback }: Variable): string => {
    // `process.env` inherits from Object.prototype: `env.constructor` is no variable.
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (fallback && (value === undefined || value === "")) return fill(fallback);
    if (value === undefined) missing.push(name);
    else given.push(value);
    return value ?? "";
  };
  return { text: fill(template), missing, given };
}

interface Reader {
  readonly text: string;
  position: number;
}

/** Reads to the end of the text, or of a default to the brace that closes it. */
function readTemplate(reader: Reader, inDefault: boolean): Template | undefined {
  const parts: (string | Variable)[] = [];
  const { text } = reader;
  let literal = "";
  let openBraces = 0;
  while (reader.position < text.length) {
    if (text.startsWith("$${", reader.position)) {
      literal += "${";
      reader.position += 3;
      if (inDefault) openBraces += 1;
      continue;
    }
    if (text.startsWith("${", reader.position)) {
      const variable = readVariable(reader);
      if (!variable) return undefined;
      if (literal !== "") parts.push(literal);
      literal = "";
      parts.push(variable);
      continue;
    }
    const character = text[reader.position]!;
    // Braces in a default come in pairs, so that it may be JSON.
    if (inDefault && character === "}" && openBraces === 0) break;
    if (inDefault && character === "{") openBraces += 1;
    if (inDefault && character === "}") openBraces -= 1;
    literal += character;
    reader.position += 1;
  }
  if (inDefault && reader.position === text.length) return undefined;
  if (literal !== "") parts.push(literal);
  return parts;
}

function readVariable(reader: Reader): Variable | undefined {
  reader.position += 2;
  NAME.lastIndex = reader.position;
  const name = NAME.exec(reader.text)?.[0];
  if (name === undefined) return undefined;
  reader.position += name.length;
  let fallback: Template | undefined;
  if (reader.text.startsWith(":-", reader.position)) {
    reader.position += 2;
    fallback = readTemplate(reader, true);
    if (!fallback) return undefined;
  }
  if (reader.text[reader.position] !== "}") return undefined;
  reader.position += 1;
  return { name, fallback };
}

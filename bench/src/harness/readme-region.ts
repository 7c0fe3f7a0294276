import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Puts `content` between `<!-- bench:name -->` and `<!-- /bench:name -->`; doing it twice changes nothing more.
 *
 * @returns The new text; `undefined` when the text has not both markers, in this order.
 */
export function replaceRegion(text: string, name: string, content: string): string | undefined {
  const open = `<!-- bench:${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(`<!-- /bench:${name} -->`, start);
  if (start < 0 || end < 0) return undefined;
  return `${text.slice(0, start + open.length)}\n\n${content.trim()}\n\n${text.slice(end)}`;
}

/** Writes a suite's region of a README. A README that is absent or has no markers stays as it is: `false`. */
export function writeRegion(readme: URL, name: string, content: string): boolean {
  if (!existsSync(readme)) return false;
  const text = replaceRegion(readFileSync(readme, "utf8"), name, content);
  if (text === undefined) return false;
  writeFileSync(readme, text);
  return true;
}

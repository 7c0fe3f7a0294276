/** What begins here ends with its own closing mark, and a semicolon inside of it ends nothing. */
const OPENINGS = /--[^\n]*|\/\*|'|"|\$(?:[A-Za-z_]\w*)?\$|;/g;

/**
 * The statements of a script. Drivers that prepare what they run take one at a time.
 *
 * It knows the quotes, dollar quotes and comments of PostgreSQL, and not `E'\''`, which nothing here writes.
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  const opening = new RegExp(OPENINGS);
  for (let match = opening.exec(script); match; match = opening.exec(script)) {
    const [mark] = match;
    if (mark === ";") {
      statements.push(script.slice(start, match.index));
      start = opening.lastIndex;
    } else if (!mark.startsWith("--")) {
      const closing = mark === "/*" ? "*/" : mark;
      const end = script.indexOf(closing, opening.lastIndex);
      opening.lastIndex = end < 0 ? script.length : end + closing.length;
    }
  }
  statements.push(script.slice(start));
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== "");
}

/** Breaks a text into lines of at most `width` columns, each indented. A word that is longer stays whole. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    // What a line begins with stays: lists and code are indented on purpose.
    const [, own = "", rest = ""] = /^(\s*)(.*)$/.exec(paragraph) ?? [];
    let line = indent + own;
    let empty = true;
    for (const word of rest.split(/ +/)) {
      if (!empty && line.length + 1 + word.length > width) {
        lines.push(line);
        line = indent + own;
        empty = true;
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

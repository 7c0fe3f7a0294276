const MAX_WIDTH = 110;

/** An import of these names, broken into lines where the formatter would: names of plugins differ in length. */
export function toImport(names: readonly string[], from: string, before = ""): string {
  const line = `import ${before}{ ${names.join(", ")} } from "${from}";`;
  if (line.length <= MAX_WIDTH) return line;
  return [`import ${before}{`, ...names.map((name) => `  ${name},`), `} from "${from}";`].join("\n");
}

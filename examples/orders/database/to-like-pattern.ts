/** A pattern for `like` that finds a text anywhere, and takes nothing in it for a wildcard. */
export function toLikePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

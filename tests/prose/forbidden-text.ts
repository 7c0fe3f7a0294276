/** Text that no file of a public repository should hold. */
export interface ForbiddenText {
  /** What it is, as a test's name says it. */
  readonly name: string;
  readonly pattern: RegExp;
  readonly reason: string;
}

/** A path begins here, and not in the middle of a URL, a relative path or a template. */
const PATH_START = String.raw`(?<![\w.~*})\]$-])`;

export const FORBIDDEN_TEXTS: readonly ForbiddenText[] = [
  {
    name: "a path of one machine",
    pattern: new RegExp(String.raw`${PATH_START}/(?:work|root|(?:home|Users)/[\w.-]+)/|\b[A-Z]:\\Users\\`),
    reason: "it exists on one machine alone, and may tell who worked there",
  },
  {
    name: "a package registry of one network",
    pattern: /\/\/(?!registry\.npmjs\.org\b)(?:[\w-]+\.)*(?:registry|\w*mirrors?)\.[\w.-]+|_mirror\b/,
    reason:
      "only the public registry can be reached by everyone; a lockfile that names another cannot be used",
  },
  {
    name: "an unfinished note",
    pattern: /\b(?:TODO|FIXME)\b/,
    reason: "nobody is reminded by it; open an issue, or do it",
  },
];

/** The places in a text that hold something forbidden, a line each. */
export function findForbidden(file: string, text: string, { pattern, reason }: ForbiddenText): string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = pattern.exec(line)?.[0];
    return found ? [`${file}:${index + 1} holds "${found}": ${reason}`] : [];
  });
}

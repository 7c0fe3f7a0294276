// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNCLEAN = /[\\\u0000-\u001f\u007f]|\/\/|\/\.{1,2}(?:\/|$)|.\/$/;

/**
 * Tells whether a decoded path names one place and nothing but that: no backslash, control character, empty segment,
 * dot segment or trailing slash.
 */
export function isCleanPath(path: string): boolean {
  return path.startsWith("/") && !UNCLEAN.test(path);
}

import { encodeText } from "../transport/encode-text.ts";
import { ClientError } from "../errors.ts";

/** A value that can stand in a path. */
export type ParamValue = string | number | bigint | boolean;

/** A path template, taken apart once: `posts/:id/comments`. */
export interface PathTemplate {
  /** The path without leading, trailing and double slashes. */
  readonly path: string;
  readonly segments: readonly string[];
  /** The name of the param that a segment is, or `undefined`. */
  readonly names: readonly (string | undefined)[];
  readonly hasParams: boolean;
  /** The tags of a request without params, and its query keys by method: the same for all, so made once. */
  readonly tags: readonly string[];
  readonly keys: Record<string, string>;
}

export function parsePath(path: string): PathTemplate {
  const segments = path.split("/").filter((segment) => segment !== "");
  const names = segments.map((segment) => /^:(.+)/s.exec(segment)?.[1]);
  const filled = segments.join("/");
  return {
    path: filled,
    segments,
    names,
    hasParams: names.some((name) => name !== undefined),
    tags: [filled],
    keys: Object.create(null),
  };
}

/**
 * Fills in the params, URL-encoded. A param that is missing stays as it is written, so that a request without it
 * has a key and a path to be reported with; `assertParams` refuses to send it.
 */
export function fillPath(
  { segments, names }: PathTemplate,
  params: Readonly<Record<string, ParamValue>> | undefined,
): string {
  // A loop: every read with params comes through here, and arrays made on the way cost more than all the rest.
  let filled = "";
  for (let at = 0; at < segments.length; at += 1) {
    const name = names[at];
    const value = name === undefined ? undefined : params?.[name];
    if (at > 0) filled += "/";
    filled += value === undefined || value === null ? segments[at] : encodeText(String(value));
  }
  return filled;
}

/**
 * Checks that a path can be sent.
 *
 * @throws ClientError `MISSING_PARAM`, or `INVALID_PARAM` for one that would leave its segment: `.` and `..` mean
 * another folder in any encoding, and nothing means another path.
 */
export function assertParams(
  path: string,
  { names }: PathTemplate,
  params: Readonly<Record<string, ParamValue>> | undefined,
): void {
  for (const name of names) {
    if (name === undefined) continue;
    const value = params?.[name];
    if (value === undefined || value === null)
      throw new ClientError(
        "MISSING_PARAM",
        `"${path}" needs the param "${name}": pass params: { ${name}: … }`,
      );
    if (/^\.{0,2}$/.test(String(value)))
      throw new ClientError(
        "INVALID_PARAM",
        `the param "${name}" of "${path}" is "${value}", which is no path segment`,
      );
  }
}

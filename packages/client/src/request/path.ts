import { encodeText } from "../transport/encode-text.ts";
import { ClientError } from "../errors.ts";

/** A value that can stand in a path. */
export type ParamValue = string | number | bigint | boolean;

/** A path template, taken apart once: `posts/:id/comments`. */
export interface PathTemplate {
  /** The path without leading, trailing and double slashes. */
  readonly path: string;
  readonly segments: readonly string[];
  readonly hasParams: boolean;
  /** The tags of a request without params, and its query keys by method: the same for all, so made once. */
  readonly tags: readonly string[];
  readonly keys: Record<string, string>;
}

export function parsePath(path: string): PathTemplate {
  const segments = path.split("/").filter((segment) => segment !== "");
  const filled = segments.join("/");
  return {
    path: filled,
    segments,
    hasParams: segments.some(isParam),
    tags: [filled],
    keys: Object.create(null),
  };
}

/**
 * Fills in the params, URL-encoded. A param that is missing stays as it is written, so that a request without it
 * has a key and a path to be reported with; `assertParams` refuses to send it.
 */
export function fillPath(
  { segments }: PathTemplate,
  params: Readonly<Record<string, ParamValue>> | undefined,
): string {
  return segments
    .map((segment) => {
      const value = isParam(segment) ? params?.[segment.slice(1)] : undefined;
      return value === undefined || value === null ? segment : encodeText(String(value));
    })
    .join("/");
}

/**
 * Checks that a path can be sent.
 *
 * @throws ClientError `MISSING_PARAM`, or `INVALID_PARAM` for one that would leave its segment: `.` and `..` mean
 * another folder in any encoding, and nothing means another path.
 */
export function assertParams(
  path: string,
  { segments }: PathTemplate,
  params: Readonly<Record<string, ParamValue>> | undefined,
): void {
  for (const segment of segments) {
    if (!isParam(segment)) continue;
    const name = segment.slice(1);
    const value = params?.[name];
    if (value === undefined || value === null)
      throw new ClientError(
        "MISSING_PARAM",
        `"${path}" needs the param "${name}": pass params: { ${name}: … }`,
      );
    if (["", ".", ".."].includes(String(value)))
      throw new ClientError(
        "INVALID_PARAM",
        `the param "${name}" of "${path}" is "${value}", which is no path segment`,
      );
  }
}

function isParam(segment: string): boolean {
  return segment.length > 1 && segment.startsWith(":");
}

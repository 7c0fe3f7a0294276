import { encodeText } from "../transport/encode-text.ts";
import { remember } from "../client/remember.ts";
import { ClientError } from "../errors.ts";

/** A value that can stand in a path. */
export type ParamValue = string | number | bigint | boolean;

/** A path with its params in it, and what its requests have in common. */
export interface FilledPath {
  /** Without leading, trailing and double slashes. */
  readonly path: string;
  /** The tags of its requests, unless they say otherwise. */
  readonly tags: readonly string[];
  /** The key of a GET without a query, which most requests have. */
  readonly readKey: string;
}

/** A path template, taken apart once: `posts/:id/comments`. */
export interface PathTemplate {
  /** The name of the param that a segment is, or `undefined`. */
  readonly names: readonly (string | undefined)[];
  /**
   * Fills in the params, URL-encoded. A param that is missing stays as it is written, so that a request without it
   * has a key and a path to be reported with; `assertParams` refuses to send it.
   */
  readonly fill: (params: Params | undefined) => FilledPath;
}

type Params = Readonly<Record<string, ParamValue | undefined>>;

export function parsePath(path: string): PathTemplate {
  const segments = path.split("/").filter((segment) => segment !== "");
  const names = segments.map((segment) => /^:(.+)/s.exec(segment)?.[1]);
  const [first = "", ...others] = names.filter((name) => name !== undefined);

  function fill(params: Params | undefined): FilledPath {
    // A loop: many reads with params come through here, and arrays made on the way cost more than all the rest.
    let filled = "";
    for (let at = 0; at < segments.length; at += 1) {
      const name = names[at];
      const value = name === undefined ? undefined : params?.[name];
      if (at > 0) filled += "/";
      filled += value === undefined || value === null ? segments[at] : encodeText(String(value));
    }
    return { path: filled, tags: [filled], readKey: `GET ${filled}` };
  }

  // To look up what a value has made before costs less than to encode it, and to join and hash the key.
  const fillFirst = remember((value: ParamValue | undefined) => fill({ [first]: value }));
  return {
    names,
    fill(params) {
      const value = params?.[first];
      // What types forbid may be another text the next time.
      return others.length > 0 || typeof value === "object" ? fill(params) : fillFirst(value);
    },
  };
}

/**
 * Checks that a path can be sent.
 *
 * @throws ClientError `MISSING_PARAM`, or `INVALID_PARAM` for one that would leave its segment: `.` and `..` mean
 * another folder in any encoding, and nothing means another path.
 */
export function assertParams(path: string, { names }: PathTemplate, params: Params | undefined): void {
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

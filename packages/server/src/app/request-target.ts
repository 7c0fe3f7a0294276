/** A request's URL, taken apart and decoded once. */
export interface RequestTarget {
  /** Decoded. "" where the URL can belong to no route, whatever the routes are. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly queryString: string;
}

const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;
/** What would become a separator or the end of a text only by being decoded. */
const HIDDEN_SEPARATOR = /%(?:2f|5c|00)/i;

/**
 * Takes apart what stands in a request line, or a whole URL.
 *
 * @returns `undefined` when its encoding is broken: `%`, `%zz`, or bytes that are no UTF-8, overlong ones included.
 */
export function parseTarget(target: string): RequestTarget | undefined {
  const local = target.startsWith("/") ? target : target.replace(ABSOLUTE, "");
  const hash = local.indexOf("#");
  const url = hash === -1 ? local : local.slice(0, hash);
  const mark = url.indexOf("?");
  const raw = mark === -1 ? url : url.slice(0, mark);
  const queryString = mark === -1 ? "" : url.slice(mark + 1);
  if (!raw.includes("%")) return { path: raw === "" && local !== target ? "/" : raw, queryString };
  if (HIDDEN_SEPARATOR.test(raw)) return { path: "", queryString };
  try {
    return { path: decodeURIComponent(raw), queryString };
  } catch {
    return undefined;
  }
}

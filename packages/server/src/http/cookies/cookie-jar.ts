import { parseCookie, type SetCookie, stringifySetCookie } from "cookie";
import { messageOf, ServerError } from "../../errors.ts";
import type { CookieOptions, Cookies } from "../../types.ts";
import { assertAttributes } from "./assert-attributes.ts";

/** The cookies that came with a request, and those that its reply sets. */
export class CookieJar implements Cookies {
  readonly #header: string | undefined;
  readonly #defaults: CookieOptions;
  /** Values as they are now; `undefined` was deleted. */
  #values: Record<string, string | undefined> | undefined;
  /** By name, domain and path, which tell one cookie from another. */
  readonly #lines = new Map<string, string>();

  constructor(header: string | undefined, defaults: CookieOptions) {
    this.#header = header;
    this.#defaults = defaults;
  }

  /** One line of `set-cookie` for each cookie that was set. */
  get lines(): readonly string[] {
    return [...this.#lines.values()];
  }

  get(name: string): string | undefined {
    return this.#read()[name];
  }

  set(name: string, value: string, options: CookieOptions = {}): void {
    if (typeof value !== "string")
      throw new ServerError("INVALID_REPLY", `the value of the cookie "${name}" is no text: make it one`);
    this.#add(name, value, { ...this.#defaults, ...options });
    this.#read()[name] = value;
  }

  delete(name: string, options: Pick<CookieOptions, "path" | "domain"> = {}): void {
    this.#add(name, "", { ...this.#defaults, ...options, maxAgeSeconds: 0, expires: new Date(0) });
    this.#read()[name] = undefined;
  }

  #add(name: string, value: string, attributes: CookieOptions): void {
    assertAttributes(name, attributes);
    const { maxAgeSeconds: maxAge, ...rest } = attributes;
    try {
      // To the serializer, what is undefined is not there; its types say less than it does.
      const line = stringifySetCookie({ name, value, maxAge, ...rest } as SetCookie);
      this.#lines.set(JSON.stringify([name, rest.domain, rest.path]), line);
    } catch (error) {
      throw new ServerError("INVALID_REPLY", messageOf(error), { cause: error });
    }
  }

  #read(): Record<string, string | undefined> {
    // Nothing in a header is malformed to this parser, and its object has no prototype.
    return (this.#values ??= parseCookie(this.#header ?? ""));
  }
}

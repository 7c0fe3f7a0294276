import { definePlugin, isClientError } from "@x/client";
import { stringify } from "picoquery";
import { toPlain } from "./to-plain.ts";

/**
 * How an array is written: `indices` as `a[0]=1&a[1]=2`, `brackets` as `a[]=1&a[]=2`, `repeat` as `a=1&a=2`, and
 * `comma` as `a=1,2`.
 */
export type ArrayFormat = "indices" | "brackets" | "repeat" | "comma";

/** How a nested value is written: `index` as `a[b]=1`, `dot` as `a.b=1`, and `js` as `a.b[0]=1`. */
export type NestingSyntax = "index" | "dot" | "js";

/** How queries are written: in `queryString()` for every request, in a request's options for that one. */
export interface QueryStringOptions {
  /** How arrays are written. With `comma`, arrays that hold more than single values have indices. Default: `indices`. */
  readonly arrayFormat?: ArrayFormat | undefined;
  /** How nested values are written. Default: `index`. */
  readonly nestingSyntax?: NestingSyntax | undefined;
  /** Whether `null` is left out, as `undefined` is. Otherwise it is written as `a=`. Default: `true`. */
  readonly skipNulls?: boolean | undefined;
}

/** What the plugin adds to the types of a client. */
export interface QueryStringTypes {
  options: QueryStringOptions;
}

/**
 * Writes the query of each request in the format that the server reads.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { queryString } from "@x/client-query-string";
 *
 * const client = createClient({ baseUrl: "/api" }).use([queryString({ arrayFormat: "brackets" })]);
 * await client.get("posts", { query: { filter: { tags: ["a", "b"] } } }); // filter[tags][]=a&filter[tags][]=b
 * await client.get("posts", { query: { ids: [1, 2] }, arrayFormat: "comma" }); // ids=1,2
 * ```
 */
export function queryString(config: QueryStringOptions = {}) {
  return definePlugin<QueryStringTypes>()({
    name: "query-string",
    // Inside of whatever changes the query: they are to see what the caller gave.
    priority: 30,

    middleware(context, next) {
      const { request, pluginOptions } = context;
      const { query } = request;
      // What is written already goes as it is.
      if (!query || query instanceof URLSearchParams) return next();
      const arrayFormat = pluginOptions?.arrayFormat ?? config.arrayFormat ?? "indices";
      const nestingSyntax = pluginOptions?.nestingSyntax ?? config.nestingSyntax ?? "index";
      const skipNulls = pluginOptions?.skipNulls ?? config.skipNulls ?? true;
      try {
        const plain = toPlain(query, { commas: arrayFormat === "comma", skipNulls });
        const text = stringify(plain, {
          nestingSyntax,
          arrayRepeat: arrayFormat === "brackets" || arrayFormat === "repeat",
          arrayRepeatSyntax: arrayFormat === "brackets" ? "bracket" : "repeat",
        });
        // As pairs, which the client encodes as it encodes the rest of the URL.
        request.query = new URLSearchParams(text);
      } catch (error) {
        if (isClientError(error)) return { error };
        throw error;
      }
      return next();
    },
  });
}

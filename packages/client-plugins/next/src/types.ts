import type { RequestContext } from "@x/client";

/** A path to revalidate. With a type it is a route as it is written, such as `/posts/[slug]`, as Next.js wants it. */
export interface RevalidatedPath {
  readonly path: string;
  readonly type?: "layout" | "page" | undefined;
}

/** What is out of date on the server. It is plain data, so that a server action can be given it. */
export interface ServerRevalidation {
  /** For `updateTag` or `revalidateTag`. */
  readonly tags: readonly string[];
  /** For `revalidatePath`. */
  readonly paths: readonly RevalidatedPath[];
}

/** What `fetch` takes as `next` in Next.js. */
export interface NextFetchOptions {
  /** How long the answer may be kept, in seconds. `false`: until it is revalidated; `0`: not at all. */
  readonly revalidate?: number | false | undefined;
  /** Tags beside those that the client finds the answer by. */
  readonly tags?: readonly string[] | undefined;
}

/** What of a write tells what it changes. */
export type Write = Pick<RequestContext, "method" | "path" | "tags">;

/** Options of one request. */
export interface NextOptions {
  /** Whether this write revalidates on the server. */
  readonly serverRevalidate?: boolean | undefined;
  /** The tags that this write revalidates, in place of what it makes stale in the client. */
  readonly revalidateTags?: readonly string[] | undefined;
  /** The paths that this write revalidates, in place of the plugin's. */
  readonly revalidatePaths?: readonly (string | RevalidatedPath)[] | undefined;
  /** How Next.js keeps the answer of this read, over the plugin's. */
  readonly next?: NextFetchOptions | undefined;
}

/** What holds for all requests that say nothing else. */
export interface NextConfig {
  /** The server action, or whatever else tells Next.js. Default: none, and writes revalidate nothing. */
  readonly revalidator?: ((revalidation: ServerRevalidation) => unknown) | undefined;
  /** Whether writes revalidate that do not say so themselves. Default: `true`. */
  readonly serverRevalidate?: boolean | undefined;
  /**
   * The tags that a write revalidates. Default: what it makes stale in the client, by the invalidation plugin, or
   * else by the first segment of its tags.
   */
  readonly revalidateTags?: readonly string[] | ((write: Write) => readonly string[]) | undefined;
  /** The paths that a write revalidates. Default: none. */
  readonly revalidatePaths?:
    | readonly (string | RevalidatedPath)[]
    | ((write: Write) => readonly (string | RevalidatedPath)[])
    | undefined;
  /** How Next.js keeps the answers of reads. Default: as it does for a `fetch` that says nothing. */
  readonly next?: NextFetchOptions | undefined;
}

/** What the plugin adds to the types of a client. */
export interface NextTypes {
  options: NextOptions;
}

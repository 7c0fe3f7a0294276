import { definePlugin, type OperationType } from "@x/client";
import { shareKeyOf } from "./share-key.ts";

/** What is deduplicated unless a request says otherwise. */
export interface DeduplicationConfig {
  /** The operations whose requests share fetches. Default: `["read"]`. */
  readonly operations?: readonly OperationType[] | undefined;
}

/** Options of one request. */
export interface DeduplicationOptions {
  /**
   * Whether this request may share a fetch with equal ones. Default: `true` for the operations that the plugin is
   * configured with, `false` for all others.
   */
  readonly dedupe?: boolean | undefined;
}

/** What the plugin adds to the types of a client. */
export interface DeduplicationTypes {
  options: DeduplicationOptions;
}

/**
 * Lets equal requests that are under way together share one fetch. A caller that aborts leaves alone, and the fetch
 * is aborted when the last one has left.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { deduplication } from "@x/client-deduplication";
 *
 * const client = createClient({ baseUrl: "/api" }).use([deduplication()]);
 * await Promise.all([client.get("posts"), client.get("posts")]); // one fetch
 * await Promise.all([client.get("posts"), client.get("posts", { dedupe: false })]); // two
 * ```
 */
export function deduplication({ operations = ["read"] }: DeduplicationConfig = {}) {
  return definePlugin<DeduplicationTypes>()({
    name: "deduplication",
    // Inside a cache, and outside of what adds headers: a trace id of its own does not make a request another one.
    priority: -8,

    middleware(context, next) {
      const dedupe = context.pluginOptions?.dedupe ?? operations.includes(context.operationType);
      if (dedupe) context.request.shareKey = shareKeyOf(context);
      return next();
    },
  });
}

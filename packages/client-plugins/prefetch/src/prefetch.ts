import { definePlugin, type GenericRequestOptions } from "@x/client";

/** What the plugin adds to a client. */
export interface PrefetchMethods {
  /**
   * Reads ahead: takes what the client's `get` takes, with the options of all its plugins, and does what it does.
   * Nobody has to look at the promise: it never rejects. It resolves to the response when the read is done.
   */
  // `this` is the client that has the method, so that its API and its other plugins are known here.
  readonly prefetch: this extends { readonly get: infer Get } ? Get : never;
}

/** What the plugin adds to the types of a client. */
export interface PrefetchTypes {
  methods: PrefetchMethods;
}

/**
 * Adds `client.prefetch`, which reads what will probably be needed. It is a read in everything: its tags, its
 * transforms, how long its answer is fresh, and that it fetches nothing when there is a fresh one.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { cache } from "@x/client-cache";
 * import { prefetch } from "@x/client-prefetch";
 *
 * const client = createClient({ baseUrl: "/api" }).use([cache(), prefetch()]);
 * void client.prefetch("posts/:id", { params: { id: 1 } });
 * ```
 */
export function prefetch() {
  return definePlugin<PrefetchTypes>()({
    name: "prefetch",
    api({ send }) {
      const read = (path: string, options?: GenericRequestOptions) =>
        send(path, { ...options, method: "GET" });
      // Which client's `get` it is typed as is known when it belongs to one.
      return { prefetch: read as never };
    },
  });
}

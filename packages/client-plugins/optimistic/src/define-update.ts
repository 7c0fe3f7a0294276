import type { CheckedApi, DataOf, EndpointOf, InputOf, PathArgument, PathsWith } from "@x/client";
import type { OptimisticUpdate } from "./optimistic.ts";
import type { TaggedData } from "./tagged-data.ts";

/**
 * Types updates by an API: the paths that can be read, their params and queries, and the data that they give; or tags, and
 * the data of whatever reads them.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { defineUpdate, optimistic } from "@x/client-optimistic";
 *
 * interface Api {
 *   posts: { GET: { data: string[] }; POST: { data: string; body: string } };
 * }
 *
 * const client = createClient<Api>({ baseUrl: "/api" }).use([optimistic()]);
 * const update = defineUpdate<Api>();
 * await client.post("posts", {
 *   body: "Hi",
 *   optimistic: update("posts", { update: (posts) => [...posts, "Hi"] }),
 * });
 * await client.post("posts", {
 *   body: "Hi",
 *   optimistic: update.tags("posts", (posts) => [...posts, "Hi"]),
 * });
 * ```
 */
export function defineUpdate<Api extends CheckedApi<Api>>(): DefinedUpdate<Api> {
  const ofPath = (path: string, target: object) => ({ ...target, path }) as OptimisticUpdate;
  const ofTags = (tags: string | readonly string[], update: unknown) =>
    ({ tags, update }) as OptimisticUpdate;
  // The types are for the caller: an update is looked at by the plugin alone.
  return Object.assign(ofPath, { tags: ofTags }) as unknown as DefinedUpdate<Api>;
}

/** Makes updates that an API types. */
export interface DefinedUpdate<Api> {
  /** An update of one read. */
  <Path extends string, Saved = unknown>(
    path: PathArgument<Path, PathsWith<Api, "GET">>,
    target: InputOf<EndpointOf<Api, Path, "GET">, Path> & {
      update(data: DataOf<EndpointOf<Api, Path, "GET">>, saved?: Saved): DataOf<EndpointOf<Api, Path, "GET">>;
    },
  ): OptimisticUpdate;
  /**
   * An update of all that is known of some tags or patterns. The data is that of any endpoint that reads them, as far as
   * the API says so by types; where it says nothing, it is `unknown`.
   */
  tags<const Tag extends string, Saved = unknown>(
    tags: Tag | readonly Tag[],
    update: (data: TaggedData<Api, Tag>, saved?: Saved) => TaggedData<Api, Tag>,
  ): OptimisticUpdate;
}

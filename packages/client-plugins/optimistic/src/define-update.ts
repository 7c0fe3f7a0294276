import type { CheckedApi, DataOf, EndpointOf, InputOf, PathArgument, PathsWith } from "@x/client";
import type { OptimisticUpdate } from "./optimistic.ts";

/**
 * Types updates by an API: the paths that can be read, their params and queries, and the data that they give.
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
 * ```
 */
export function defineUpdate<Api extends CheckedApi<Api>>() {
  return <Path extends string, Saved = unknown>(
    path: PathArgument<Path, PathsWith<Api, "GET">>,
    target: InputOf<EndpointOf<Api, Path, "GET">, Path> & {
      update(data: DataOf<EndpointOf<Api, Path, "GET">>, saved?: Saved): DataOf<EndpointOf<Api, Path, "GET">>;
    },
  ): OptimisticUpdate => ({ ...target, path }) as OptimisticUpdate;
}

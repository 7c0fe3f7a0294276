import { definePlugin, perClient, type CheckedApi, type DataOf, type UntypedApi } from "@x/client";
import { createVersions, isPromise } from "./versions.ts";

/**
 * Makes data of what the server sent, perhaps later. Its parameter may have the type that the server is known to
 * send: `(wire: WirePost) => Post`.
 */
// Parameters of methods compare both ways, so that one of another type than `unknown` is accepted.
export type TransformTo<Data> = { of(received: unknown): Data | Promise<Data> }["of"];

/** What becomes of the data of an API, by path and method as the API has them. */
export type Transforms<Api> = {
  readonly [Path in keyof Api]?: {
    readonly [Method in keyof Api[Path]]?: TransformTo<DataOf<Api[Path][Method]>>;
  };
};

/** What other plugins get by `plugins.get("transform")`. */
export interface TransformInternal {
  /** Makes of data what would be made of it, had this request received it. What the transform throws passes through. */
  transform(received: unknown): unknown;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    transform: TransformInternal;
  }
}

type AnyTransforms = Readonly<Record<string, Readonly<Record<string, TransformTo<unknown>>> | undefined>>;

/**
 * Changes the data of responses, by path and method, into what the API's types say. Each version of the data is
 * changed once, however many readers a cache or a shared fetch gives it to.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { transform } from "@x/client-transform";
 *
 * interface Api {
 *   "posts/:id": { GET: { data: { title: string; createdAt: Date } } };
 * }
 *
 * interface WirePost {
 *   title: string;
 *   createdAt: string;
 * }
 *
 * const client = createClient<Api>({ baseUrl: "/api" }).use([
 *   transform<Api>({
 *     "posts/:id": { GET: (post: WirePost) => ({ ...post, createdAt: new Date(post.createdAt) }) },
 *   }),
 * ]);
 * const { data } = await client.get("posts/:id", { params: { id: 1 } });
 * console.log(data?.createdAt.getFullYear());
 * ```
 */
export function transform<Api extends CheckedApi<Api> = UntypedApi>(transforms: Transforms<Api>) {
  // Looked up by what requests say at run time. Types hold those that declare the transforms to the API.
  const byPath = transforms as AnyTransforms;
  const versionsOf = perClient(createVersions);

  return definePlugin()({
    name: "transform",
    // Its `afterResponse` comes before those of plugins that look at the data.
    priority: -3,

    afterResponse(context, response) {
      const change = byPath[context.path]?.[context.method];
      // What failed has no data, and neither has a 204.
      if (!change || response.error || response.data === undefined) return undefined;
      const made = versionsOf(context).get(context, response.data, change);
      return isPromise(made) ? made.then((data) => ({ ...response, data })) : { ...response, data: made };
    },

    internal: ({ path, method }): TransformInternal => ({
      transform(received) {
        const change = byPath[path]?.[method];
        return change ? change(received) : received;
      },
    }),
  });
}

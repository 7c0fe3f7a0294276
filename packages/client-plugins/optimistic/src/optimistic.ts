import {
  definePlugin,
  isFailure,
  perClient,
  type ClientScope,
  type PluginResponse,
  type QueryKeyParts,
} from "@x/client";
import { createUpdateLog, type AppliedUpdate, type UpdateLog } from "./update-log.ts";

/** Which data an update is for: that of one read, or all that is known of some tags. */
export type OptimisticTarget =
  | {
      /** The path of the read, as it is given to `get`. */
      readonly path: string;
      readonly params?: QueryKeyParts["params"];
      readonly query?: QueryKeyParts["query"];
    }
  | {
      /** Tags or patterns (`posts`, `posts/*`) of reads that have been answered, whatever their query. */
      readonly tags: string | readonly string[];
    };

/** What a write will change, to be shown before the server has confirmed it. */
export type OptimisticUpdate<Data = unknown, Saved = unknown> = OptimisticTarget & {
  /**
   * Makes new data of the data of a read, and changes nothing. It is called again whenever the server says something
   * else in the meantime. `saved` is the data of the write's answer, and `undefined` until there is one.
   */
  update(data: Data, saved?: Saved): Data;
};

/** Options of one write. */
export interface OptimisticOptions {
  /** What the write will change. */
  readonly optimistic?: OptimisticUpdate | readonly OptimisticUpdate[] | undefined;
}

/** What the plugin adds to the types of a client. */
export interface OptimisticTypes {
  options: OptimisticOptions;
  /** In the meta of what is read: whether changes are shown that the server has yet to confirm. */
  meta: { isOptimistic: boolean };
}

/**
 * Shows what a write will change while it is under way. Pending updates are a log that is replayed over whatever the
 * server says: a write that fails, is aborted or throws takes back its own change and no other's.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { optimistic } from "@x/client-optimistic";
 *
 * const client = createClient({ baseUrl: "/api" }).use([optimistic()]);
 * await client.post("posts", {
 *   body: { title: "Hi" },
 *   optimistic: {
 *     path: "posts",
 *     update: (posts: { title: string }[], saved?: { title: string }) => [...posts, saved ?? { title: "Hi" }],
 *   },
 * });
 * ```
 */
export function optimistic() {
  const logsOf = perClient(() => new Map<string, UpdateLog>());

  function apply(scope: ClientScope, updates: readonly OptimisticUpdate[]): AppliedUpdate[] {
    const logs = logsOf(scope);
    return updates.flatMap((target) =>
      keysOf(scope, target).map((queryKey) => {
        const log = logs.get(queryKey) ?? createUpdateLog(scope, queryKey, () => logs.delete(queryKey));
        logs.set(queryKey, log);
        return log.apply((data, saved) => target.update(data, saved));
      }),
    );
  }

  return definePlugin<OptimisticTypes>()({
    name: "optimistic",
    operations: ["write", "queue"],
    // Outside of whatever waits or tries again: the update is shown at once, and through all attempts.
    priority: -40,

    async middleware(context, next) {
      const updates = [context.pluginOptions?.optimistic ?? []].flat();
      if (updates.length === 0) return next();
      // The state has what the write is known to change. What the caller or the server says of it still counts.
      const invalidation = context.plugins.get("invalidation") as InvalidationInternal | undefined;
      invalidation?.disableAutoInvalidate?.();

      const applied = apply(context, updates);
      let response: PluginResponse | undefined;
      try {
        response = await next();
        return response;
      } finally {
        const done = response !== undefined && !isFailure(response);
        for (const update of applied) {
          if (done) update.confirm(response?.data);
          // Without a status nobody knows how far the write came.
          else update.takeBack(!response?.status);
        }
      }
    },
  });
}

/** What is asked of `@x/client-invalidation`, which is another package and may not be there. */
interface InvalidationInternal {
  disableAutoInvalidate?(): void;
}

function keysOf({ stateManager, queryKeyOf }: ClientScope, target: OptimisticTarget): string[] {
  return "tags" in target ? stateManager.findKeys(target.tags) : [queryKeyOf(target.path, target)];
}

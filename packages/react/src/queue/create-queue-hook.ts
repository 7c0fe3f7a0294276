import { createQueue, type Queue, type QueueSnapshot } from "@x/client/queue";
import { useState } from "react";
import type { CoreHooks } from "../core/create-core-hooks.ts";
import type { AnyClient, ApiOf, ClientLike, PluginsOf } from "../shared/client-types.ts";
import { scopeOf } from "../shared/scope-of.ts";
import { useObserved } from "../shared/use-observed.ts";
import type { QueueResult, UseQueue } from "./queue-hook-types.ts";

/**
 * Creates the hook for queues of writes, over the client of other hooks. Each component that uses it has a queue of its
 * own.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { createHooks } from "@x/react";
 * import { createQueueHook } from "@x/react/queue";
 *
 * interface Api {
 *   files: { POST: { data: { url: string }; body: Blob } };
 * }
 *
 * const useQueue = createQueueHook(createHooks(createClient<Api>({ baseUrl: "/api" })));
 *
 * export function Upload() {
 *   const { items, add, abort } = useQueue("files", { concurrency: 2 });
 *   return (
 *     <>
 *       <input type="file" onChange={({ target }) => target.files?.[0] && add({ body: target.files[0] })} />
 *       {items.map(({ id, status }) => <button key={id} onClick={() => abort(id)}>{status}</button>)}
 *     </>
 *   );
 * }
 * ```
 */
export function createQueueHook<Client extends ClientLike>(
  hooks: Pick<CoreHooks<Client>, "~scope" | "useClient">,
): UseQueue<ApiOf<Client>, PluginsOf<Client>> {
  const scope = scopeOf(hooks);

  function useQueue(path: string, options: object = NO_OPTIONS) {
    const client = scope.useClient();
    // A state, for what is in a queue must not be forgotten, as React may what it memoizes.
    const [held, hold] = useState(() => create(client, path, options));
    const { queue, toView } =
      held.client === client && held.path === path ? held : create(client, path, options);
    if (queue !== held.queue) hold({ client, path, queue, toView });
    return useObserved<QueueSnapshot, object, AnyQueueResult>(scope, queue, options, toView);
  }
  return useQueue as unknown as UseQueue<ApiOf<Client>, PluginsOf<Client>>;
}

const NO_OPTIONS = {};

type AnyQueueResult = QueueResult<unknown, unknown, object>;

function create(client: AnyClient, path: string, options: object) {
  // Inside, nothing looks at the types of inputs and responses.
  const queue = createQueue(client as never, path as never, options as never) as unknown as Queue;
  const { add, abort, retry, remove, removeSettled, clear } = queue;
  const actions = { add, abort, retry, remove, removeSettled, clear };
  return {
    client,
    path,
    queue,
    toView: (snapshot: QueueSnapshot): AnyQueueResult => ({ ...snapshot, ...actions }),
  };
}

import type { Client } from "../client/client-types.ts";
import { createPages } from "../pages/create-pages.ts";
import { createQueue } from "../queue/create-queue.ts";
import type { SubscriptionAdapter } from "../subscribe/adapter.ts";
import { createSubscription } from "../subscribe/create-subscription.ts";

const longLived = new AbortController();

/** A server that says one thing and hangs up. */
const adapter: SubscriptionAdapter = {
  name: "test",
  async connect(_request, handlers) {
    handlers.onMessage("once", { id: "1" });
    void Promise.resolve().then(() => handlers.onError(new Error("cut off")));
    return { status: 200 };
  },
};

/** What is done with lists, queues and subscriptions, after which a client with so many keys is as it was before. */
export function operationKinds(
  keptKeys: number,
): Readonly<Record<string, (client: Client, id: number) => Promise<unknown>>> {
  const follow = (client: Client, path: string, id: number) =>
    createPages(client, path, {
      initialPageParam: id,
      toRequest: (page) => ({ params: { id: page } }),
      getNextPageParam: (_page, { length }) => (length < 2 ? (id + 1) % keptKeys : undefined),
    });

  return {
    "listed page by page": async (client, id) => {
      const pages = follow(client, "items/:id", id % keptKeys);
      const stop = pages.subscribe(() => void pages.getSnapshot());
      pages.mount();
      await pages.fetchNext();
      await pages.fetchNext();
      pages.unmount();
      stop();
    },
    "listed in vain": async (client, id) => {
      const pages = follow(client, "failing/:id", id);
      pages.mount();
      await pages.refetch();
      pages.unmount();
    },
    queued: async (client, id) => {
      const queue = createQueue(client, "failing/:id", { concurrency: 1 });
      const add = (signal?: AbortSignal) => queue.add({ params: { id }, signal }).done;
      const all = [add(), add(longLived.signal), add()];
      queue.abort("task-1");
      queue.remove("task-3");
      await Promise.all(all);
    },
    subscribed: async (client, id) => {
      const subscription = createSubscription(client, "items/:id", {
        adapter,
        params: { id },
        signal: longLived.signal,
      });
      const lost = new Promise<void>((resolve) => {
        subscription.subscribe(() => subscription.getSnapshot().failedAttempts > 0 && resolve());
      });
      subscription.mount();
      await lost;
      subscription.unmount();
    },
  };
}

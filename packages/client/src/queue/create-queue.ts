import type { DataOf, EndpointOf, ErrorOf, Method, PathsWith } from "../client/api-types.ts";
import type { ClientBase, PathArgument } from "../client/client-types.ts";
import type { RequestOwner, Runtime } from "../client/runtime-types.ts";
import { ClientError } from "../errors.ts";
import { createListeners } from "../observer/listeners.ts";
import { assertCount, invalidOption } from "../operations/invalid-option.ts";
import { runtimeOf } from "../operations/runtime-of.ts";
import type { PluginMeta } from "../plugin/plugin-additions.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import { callHooks } from "../plugin/call-hook.ts";
import { Context } from "../request/context.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import { failedResponse, type ClientResponse } from "../request/response.ts";
import { createQueueTasks, type Task } from "./queue-tasks.ts";
import type { Queue, QueueInput, QueueItem, QueueOptions, QueueSnapshot } from "./queue-types.ts";

/** Few enough for a server, and for the connections that browsers keep to one. */
const DEFAULT_CONCURRENCY = 3;

/**
 * Sends many writes or uploads to one path, only so many at once. Each is a request of the operation `queue`; it can be
 * aborted, retried and removed, and waits for its turn.
 *
 * @throws ClientError `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { createQueue } from "@x/client/queue";
 *
 * interface Api {
 *   files: { POST: { data: { url: string }; body: Blob } };
 * }
 *
 * const client = createClient<Api>({ baseUrl: "/api" });
 * const uploads = createQueue(client, "files", { concurrency: 2 });
 * const { id, done } = uploads.add({ body: new Blob(["…"]) });
 * uploads.subscribe(() => console.log(uploads.getSnapshot().items));
 * if ((await done).error) await uploads.retry(id);
 * ```
 */
export function createQueue<
  Api,
  Plugins extends readonly AnyPlugin[],
  Path extends string,
  const M extends Method = "POST",
>(
  client: ClientBase<Api, Plugins>,
  path: PathArgument<Path, PathsWith<Api, M>>,
  options: QueueOptions<M, QueueInput<Api, Path, M, Plugins>> = {} as never,
): Queue<
  ClientResponse<DataOf<EndpointOf<Api, Path, M>>, ErrorOf<EndpointOf<Api, Path, M>>, PluginMeta<Plugins>>,
  QueueItem<
    DataOf<EndpointOf<Api, Path, M>>,
    ErrorOf<EndpointOf<Api, Path, M>>,
    PluginMeta<Plugins>,
    QueueInput<Api, Path, M, Plugins>
  >,
  QueueInput<Api, Path, M, Plugins>,
  QueueOptions<M, QueueInput<Api, Path, M, Plugins>>
> {
  // The types of inputs and responses are for the caller: inside nothing looks at either.
  return createUntypedQueue(runtimeOf(client), path, options as AnyQueueOptions) as never;
}

/** Options of a queue as its parts know them. */
interface AnyQueueOptions extends GenericRequestOptions {
  readonly concurrency?: number | undefined;
}

function createUntypedQueue(
  runtime: Runtime,
  path: string,
  initialOptions: AnyQueueOptions,
): Queue<ClientResponse, QueueItem, object, AnyQueueOptions> {
  const instanceId = `observer-${runtime.state.mark()}`;
  const listeners = createListeners(runtime.report, path);
  const tasks = new Map<string, Task>();
  const running = createQueueTasks({
    runtime,
    path,
    instanceId,
    concurrency: () => options.concurrency ?? DEFAULT_CONCURRENCY,
    toRequest: (input) => toRequest(input),
    started(context) {
      idle?.cleanUp();
      latest = context;
    },
    changed,
  });
  let options = checked(initialOptions);
  let session = runtime.checkIdentity();
  /** The context for hooks: that of the latest request, or an idle one. */
  let latest: Context | undefined;
  let idle: Context | undefined;
  let mounted = false;
  let added = 0;
  let snapshot: QueueSnapshot | undefined;

  function toRequest(input: object): GenericRequestOptions {
    const { concurrency: _limit, ...common } = options;
    return { method: "POST", ...common, ...input, operation: "queue" };
  }

  /** A context that nothing is sent with, for hooks. */
  function idleContext(): Context {
    idle?.cleanUp();
    const owner: RequestOwner = {
      instanceId,
      mounted: false,
      refetch: () =>
        Promise.resolve(
          failedResponse(new ClientError("NO_REQUEST", `the queue of "${path}" has nothing to send again`)),
        ),
      metaChanged() {},
      answered() {},
    };
    idle = new Context(runtime, path, toRequest({}), owner);
    return idle;
  }

  function changed(): void {
    snapshot = undefined;
    listeners.tell();
  }

  /** What somebody else has added is none of the current user's business. It is refused when its turn comes. */
  function followIdentity(): void {
    const now = runtime.checkIdentity();
    if (now === session) return;
    session = now;
    tasks.clear();
    changed();
  }

  function freshId(): string {
    do added += 1;
    while (tasks.has(`task-${added}`));
    return `task-${added}`;
  }

  const queue: Queue<ClientResponse, QueueItem, object, AnyQueueOptions> = {
    mount() {
      if (mounted || runtime.disposed) return;
      mounted = true;
      runtime.mounted.set(queue, followIdentity);
      latest = idleContext();
      callHooks(runtime, "onMount", latest);
    },

    update(next) {
      options = checked(next);
      if (mounted) {
        const previous = latest ?? idleContext();
        latest = idleContext();
        callHooks(runtime, "onUpdate", latest, previous);
      }
      running.fill();
    },

    unmount() {
      if (!mounted) return;
      mounted = false;
      runtime.mounted.delete(queue);
      callHooks(runtime, "onUnmount", latest ?? idleContext());
      idle?.cleanUp();
    },

    subscribe: listeners.add,

    getSnapshot() {
      followIdentity();
      return (snapshot ??= {
        items: Array.from(tasks.values(), ({ item }) => item),
        waiting: running.waiting,
        running: running.running,
      });
    },

    add(input = {}, { id = freshId() } = {}) {
      followIdentity();
      if (typeof id !== "string" || id === "") throw invalidOption("queue", "id", "a text", id);
      if (tasks.has(id))
        throw new ClientError(
          "DUPLICATE_ID",
          `the queue of "${path}" has a task "${id}" already: remove it first`,
        );
      const task = running.add(id, input);
      const { done } = task.attempt;
      tasks.set(id, task);
      running.fill();
      return { id, done };
    },

    abort(id) {
      const task = tasks.get(id);
      if (task) running.abort(task);
    },

    retry(id) {
      followIdentity();
      const task = tasks.get(id);
      return task ? running.retry(task) : Promise.resolve(undefined);
    },

    remove(id) {
      const task = tasks.get(id);
      tasks.delete(id);
      if (task) running.abort(task);
    },

    removeSettled() {
      for (const [id, { item }] of tasks)
        if (item.status !== "waiting" && item.status !== "running") tasks.delete(id);
      changed();
    },

    clear() {
      const all = [...tasks.values()];
      tasks.clear();
      for (const task of all) running.abort(task);
      changed();
    },
  };
  return queue;
}

function checked(options: AnyQueueOptions): AnyQueueOptions {
  assertCount("queue", "concurrency", options.concurrency ?? DEFAULT_CONCURRENCY);
  return options;
}

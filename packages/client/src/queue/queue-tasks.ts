import type { RequestOwner, Runtime } from "../client/runtime-types.ts";
import type { Session } from "../client/session.ts";
import { ClientError, messageOf } from "../errors.ts";
import { abortWith } from "../request/abort-with.ts";
import { Context } from "../request/context.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import { failedResponse, type ClientResponse } from "../request/response.ts";
import { runRequest } from "../request/run-request.ts";
import { createAttempt, type Attempt } from "./attempt.ts";
import type { QueueItem, QueueProgress } from "./queue-types.ts";

/** A task with all that its queue knows of it. */
export interface Task {
  item: QueueItem;
  /** Of whoever added it. It is never sent as somebody else. */
  readonly session: Session;
  /** What is under way or to come, or has ended last. */
  attempt: Attempt;
  /** What begins when the attempt under way, which was aborted, has ended. */
  following: Attempt | undefined;
  /** Ends the request, while one is under way. */
  controller: AbortController | undefined;
}

/** What running the tasks of a queue needs of it. */
interface QueueTasksHost {
  readonly runtime: Runtime;
  readonly path: string;
  readonly instanceId: string;
  concurrency(): number;
  toRequest(input: object): GenericRequestOptions & ProgressOptions;
  /** A request is sent next. */
  started(context: Context): void;
  changed(): void;
}

/** The option of `@x/client-progress`. */
interface ProgressOptions {
  readonly onUploadProgress?: ((progress: QueueProgress) => void) | undefined;
}

/** Runs tasks, only so many at once. */
export interface QueueTasks {
  readonly waiting: number;
  readonly running: number;
  /** Makes a task, which is sent when there is room. */
  add(id: string, input: object): Task;
  abort(task: Task): void;
  retry(task: Task): Promise<ClientResponse>;
  /** Sends as many as there is room for. */
  fill(): void;
}

const FRESH = { data: undefined, error: undefined, meta: {}, progress: undefined } as const;

export function createQueueTasks(host: QueueTasksHost): QueueTasks {
  const { runtime, path, instanceId } = host;
  const waiting = new Set<Task>();
  /** Of the requests under way, also of tasks that were taken out. */
  const controllers = new Set<AbortController>();

  function fill(): void {
    for (const task of waiting) {
      if (controllers.size >= host.concurrency()) break;
      waiting.delete(task);
      void run(task);
    }
    if (controllers.size + waiting.size > 0) runtime.waiting.add(end);
    else runtime.waiting.delete(end);
    host.changed();
  }

  async function run(task: Task): Promise<void> {
    const controller = new AbortController();
    controllers.add(controller);
    task.controller = controller;
    task.item = { ...task.item, ...FRESH, status: "running" };
    const response = await send(task, controller).catch(toFailure);
    controllers.delete(controller);
    task.controller = undefined;
    settle(task, response, controller.signal.aborted);
    fill();
  }

  async function send(task: Task, controller: AbortController): Promise<ClientResponse> {
    const tell = (news: Partial<QueueItem>) => {
      if (task.controller !== controller) return;
      task.item = { ...task.item, ...news };
      host.changed();
    };
    const request = host.toRequest(task.item.input);
    const sending = new AbortController();
    abortWith(sending, controller.signal);
    const letGo = request.signal && abortWith(sending, request.signal);
    const followed: ProgressOptions = {
      onUploadProgress(progress) {
        tell({ progress });
        request.onUploadProgress?.(progress);
      },
    };
    const options: GenericRequestOptions = {
      ...request,
      // To a client without that plugin it would be an option that nobody knows.
      ...(runtime.pluginsByName.has("progress") && followed),
      signal: sending.signal,
    };
    const owner: RequestOwner = {
      instanceId,
      // Its cleanups run when it has settled, whether the queue is mounted or not.
      mounted: false,
      // A part of this task, which has its room.
      refetch: () => runtime.request(path, { ...options, forceRefetch: true }),
      metaChanged: () => tell({ meta: { ...context.meta } }),
      answered() {},
    };
    const context = new Context(runtime, path, options, owner, task.session);
    if (letGo) context.onCleanup(letGo);
    host.started(context);
    return runRequest(context);
  }

  /** Notes how an attempt has ended, and lets the following one wait for its turn. */
  function settle(task: Task, response: ClientResponse, aborted: boolean): void {
    const { attempt, following, item } = task;
    const { data, error, meta } = response;
    task.following = undefined;
    if (following && error) {
      task.attempt = following;
      task.item = { ...item, ...FRESH, status: "waiting" };
      waiting.add(task);
    } else {
      const status = error ? (aborted || response.aborted ? "aborted" : "error") : "success";
      task.item = { ...item, data, error, meta, status };
      // The abort came too late: nothing is sent again that has been done.
      following?.end(response);
    }
    attempt.end(response);
  }

  /** Ends what waits, since the client is disposed. */
  function end(error: ClientError): void {
    for (const task of waiting) settle(task, failedResponse(error), false);
    waiting.clear();
    host.changed();
    // Requests have ended by then. What a plugin waits for in one of them ends with the signal.
    queueMicrotask(() => {
      for (const controller of controllers) controller.abort(error);
    });
  }

  function abort(task: Task): void {
    const { id } = task.item;
    const response = failedResponse(
      new ClientError("ABORTED", `the task "${id}" was aborted before it was sent`),
    );
    task.following?.end(response);
    task.following = undefined;
    if (waiting.delete(task)) settle(task, response, true);
    task.controller?.abort();
  }

  return {
    get waiting() {
      return waiting.size;
    },
    get running() {
      return controllers.size;
    },
    fill,

    add(id, input) {
      const task: Task = {
        item: { id, input, status: "waiting", ...FRESH },
        session: runtime.checkIdentity(),
        attempt: createAttempt(),
        following: undefined,
        controller: undefined,
      };
      waiting.add(task);
      return task;
    },

    abort(task) {
      abort(task);
      fill();
    },

    retry(task) {
      if (task.controller?.signal.aborted) return (task.following ??= createAttempt()).done;
      if (task.item.status === "error" || task.item.status === "aborted") {
        task.attempt = createAttempt();
        task.item = { ...task.item, ...FRESH, status: "waiting" };
        waiting.add(task);
        fill();
      }
      return task.attempt.done;
    },
  };
}

function toFailure(cause: unknown): ClientResponse {
  return failedResponse(
    new ClientError("OPTION_THREW", `an option of a task threw: ${messageOf(cause)}`, { cause }),
  );
}

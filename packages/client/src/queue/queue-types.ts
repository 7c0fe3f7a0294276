import type { EndpointOf, Method } from "../client/api-types.ts";
import type { RequestOptions } from "../client/client-types.ts";
import type { ClientError } from "../errors.ts";
import type { AnyPlugin } from "../plugin/plugin.ts";
import type { ClientResponse } from "../request/response.ts";

/** What one task of a queue sends: what the API requires, and the options of plugins that see the operation `queue`. */
export type QueueInput<
  Api,
  Path extends string,
  M extends Method,
  Plugins extends readonly AnyPlugin[],
> = RequestOptions<EndpointOf<Api, Path, M>, Path, Plugins, "queue">;

/** How a queue works, and what all of its tasks send unless they say otherwise. */
export type QueueOptions<M extends Method, Input> = {
  /** Default: POST. */
  readonly method?: M | undefined;
  /** How many requests are under way at once, at most. Default: 3. */
  readonly concurrency?: number | undefined;
} & Partial<Input>;

/** How far the body of a task is sent. */
export interface QueueProgress {
  readonly transferredBytes: number;
  /** `undefined` while nobody knows. */
  readonly totalBytes: number | undefined;
}

/** Where one task of a queue stands. Another object after each change. */
export interface QueueItem<
  Data = unknown,
  Failure = ClientError,
  Meta = Readonly<Record<string, unknown>>,
  Input = object,
> {
  readonly id: string;
  /** What was added. */
  readonly input: Input;
  readonly status: "waiting" | "running" | "success" | "error" | "aborted";
  readonly data: Data | undefined;
  readonly error: Failure | undefined;
  /** What plugins tell, also while it is running. */
  readonly meta: Meta;
  /** Told by `@x/client-progress`, if the client has it. */
  readonly progress: QueueProgress | undefined;
}

/** Where a queue stands. The same object until something changes. */
export interface QueueSnapshot<Item = QueueItem> {
  /** In the order in which they were added. */
  readonly items: readonly Item[];
  readonly waiting: number;
  /** How many requests are under way: of tasks that were removed, too. */
  readonly running: number;
}

/** A task that was added to a queue. */
export interface QueueTask<Response = ClientResponse> {
  readonly id: string;
  /** Resolves when the task has ended, however it has. It never rejects. */
  readonly done: Promise<Response>;
}

/** Sends many requests, only so many at once, without any framework. */
export interface Queue<Response = ClientResponse, Item = QueueItem, Input = object, Options = object> {
  /** Runs `onMount` of the plugins. Tasks are sent whether it is mounted or not. */
  mount(): void;
  /** Takes new options, for the tasks that are not running yet. */
  update(options: Options): void;
  /** Runs `onUnmount` of the plugins. Tasks go on. */
  unmount(): void;
  /** Calls the listener after each change of the snapshot, and returns a function that stops it. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): QueueSnapshot<Item>;
  /**
   * Adds a task, which is sent when there is room.
   *
   * @throws ClientError `DUPLICATE_ID` when a task of the queue has that id.
   */
  add(...input: AddArguments<Input>): QueueTask<Response>;
  /** Aborts a task that waits or is running. It ends as `aborted`, and can be sent again. */
  abort(id: string): void;
  /**
   * Sends a task again that has failed or was aborted, once that has ended. A task that waits, is running or has
   * succeeded is left alone. Gives what it comes to, and `undefined` when there is no such task.
   */
  retry(id: string): Promise<Response | undefined>;
  /** Takes a task out, and aborts it if it has not ended. */
  remove(id: string): void;
  /** Takes out all tasks that have ended. */
  removeSettled(): void;
  /** Takes out all tasks. What was running counts as running until it has ended. */
  clear(): void;
}

/** A task's input, required where anything in it is, and an id for it, by which it can be found. */
export type AddArguments<Input> = object extends Input
  ? [input?: Input, task?: { readonly id?: string | undefined }]
  : [input: Input, task?: { readonly id?: string | undefined }];

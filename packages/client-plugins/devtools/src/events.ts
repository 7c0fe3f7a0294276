/** What every event has. */
interface EventFacts {
  /** Counts the events of one client, from 1. */
  readonly sequence: number;
  /** When it happened, in milliseconds of the client's clock. */
  readonly time: number;
  /**
   * The same in milliseconds of `performance.now()`, for timelines: it has fractions, never goes back, and compares with
   * whatever else this page or process has measured by that.
   */
  readonly monotonicMs: number;
}

/** A failure as plain data. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  /** Of errors that have one, as every `ClientError` has. */
  readonly code?: string;
  /** The plugin to blame. */
  readonly plugin?: string;
  /** What was thrown underneath. */
  readonly cause?: string;
  /** What a failure's response said. Hidden by default. */
  readonly body?: unknown;
}

/** A request was made. Its time is that of the request, also where it is told later. */
export interface RequestStartEvent extends EventFacts {
  readonly type: "request-start";
  /** One for each request of a client, from 1. */
  readonly requestId: number;
  /** The same for all requests of one observer. */
  readonly instanceId: string;
  readonly observed: boolean;
  readonly operationType: string;
  readonly method: string;
  readonly path: string;
  readonly queryKey: string;
  readonly tags: readonly string[];
  readonly params?: unknown;
  readonly query?: unknown;
  /** Those that this request begins with. Values are hidden by default. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hidden by default. Left out where there is none. */
  readonly body?: unknown;
}

interface StepFacts extends EventFacts {
  readonly requestId: number;
  /** One for each run of a step: a step inside of a retry may run more than once. */
  readonly stepId: number;
  /** The plugin's name, or `core`: what sends the request. */
  readonly name: string;
  readonly hook: string;
  /** From 0 for the outermost step on. The core has the last one. */
  readonly position: number;
}

/** A request has come to a step. */
export interface StepStartEvent extends StepFacts {
  readonly type: "step-start";
}

/** A request has left a step. */
export interface StepEndEvent extends StepFacts {
  readonly type: "step-end";
  /** After calling `next()`, without calling it, or by throwing. */
  readonly outcome: "returned" | "early" | "threw";
  readonly durationMs: number;
  /** What it threw. */
  readonly error?: PlainError;
}

/** A request has its response, whatever became of it. The state is written next. */
export interface RequestSettleEvent extends EventFacts {
  readonly type: "request-settle";
  readonly requestId: number;
  readonly queryKey: string;
  readonly outcome: "success" | "error" | "aborted";
  readonly status: number;
  readonly durationMs: number;
  /** Values are hidden by default. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hidden by default. */
  readonly data?: unknown;
  readonly error?: PlainError;
}

/** What is known under a key has changed: stored, written, marked stale, shown otherwise, or forgotten. */
export interface StateChangeEvent extends EventFacts {
  readonly type: "state-change";
  /** Left out when everything was forgotten. */
  readonly queryKey?: string;
  /** What is there now. Left out when nothing is. */
  readonly entry?: {
    readonly timestamp: number;
    readonly stale: boolean;
    readonly tags: readonly string[];
    /** Hidden by default. */
    readonly data?: unknown;
  };
}

/** Entries were marked stale by a write or a plugin. */
export interface InvalidateEvent extends EventFacts {
  readonly type: "invalidate";
  readonly queryKeys: readonly string[];
}

/** Mounted observers were asked to fetch again, by key or by tags. */
export interface RefetchEvent extends EventFacts {
  readonly type: "refetch";
  readonly queryKey?: string;
  readonly tags?: readonly string[];
}

/** Somebody else is signed in. */
export interface IdentityEvent extends EventFacts {
  readonly type: "identity";
  readonly identity?: string;
  readonly previous?: string;
}

/** An observer was mounted, given other options, or unmounted. */
export interface LifecycleEvent extends EventFacts {
  readonly type: "lifecycle";
  readonly hook: "mount" | "update" | "unmount";
  readonly instanceId: string;
  readonly operationType: string;
  readonly queryKey: string;
  /** What it showed before an update. */
  readonly previousQueryKey?: string;
}

/** One thing that happened, as plain data that `postMessage` takes. */
export type DevtoolsEvent =
  | RequestStartEvent
  | StepStartEvent
  | StepEndEvent
  | RequestSettleEvent
  | StateChangeEvent
  | InvalidateEvent
  | RefetchEvent
  | IdentityEvent
  | LifecycleEvent;

/** An event without what it is given when it is recorded. */
export type UnrecordedEvent = DevtoolsEvent extends infer Event
  ? Event extends DevtoolsEvent
    ? Omit<Event, keyof EventFacts> & { readonly time?: number }
    : never
  : never;

import { ClientError, type ClientScope } from "@x/client";
import type { DevtoolsEvent, UnrecordedEvent } from "./events.ts";

/** Is told of every event, at once. */
export type DevtoolsListener = (event: DevtoolsEvent) => void;

/** Passes the events of one client on to whoever listens, and remembers the latest. */
export interface Recorder {
  /** Whether anybody wants to know. */
  readonly isOn: boolean;
  /** Makes an event and passes it on, unless nobody wants to know. It never throws. */
  record(make: () => UnrecordedEvent): void;
  /** The id of a request, and whether it is a new one. */
  identify(request: object): { readonly requestId: number; readonly isNew: boolean };
  nextStepId(): number;
  listen(listener: DevtoolsListener, replay: boolean): () => void;
  history(): readonly DevtoolsEvent[];
  /** Says how to hear of events. It is begun when somebody wants to know, and what it returns ends it. */
  connect(begin: () => () => void): void;
  dispose(): void;
}

export function createRecorder(
  { clock, report }: Pick<ClientScope, "clock" | "report">,
  { historySize, record: always }: { readonly historySize: number; readonly record: boolean },
): Recorder {
  const listeners = new Set<{ readonly call: DevtoolsListener }>();
  const requestIds = new WeakMap<object, number>();
  const history: DevtoolsEvent[] = [];
  let sequence = 0;
  let requests = 0;
  let steps = 0;
  let begin: (() => () => void) | undefined;
  let end: (() => void) | undefined;

  /** Begins or ends to hear of events, as somebody wants to know or nobody. */
  function switchOver(): void {
    const wanted = begin !== undefined && (always || listeners.size > 0);
    if (wanted && !end) end = begin?.();
    else if (!wanted) {
      end?.();
      end = undefined;
    }
  }

  function guarded(task: () => void): void {
    try {
      task();
    } catch (cause) {
      report(
        new ClientError("LISTENER_THREW", "a listener of the devtools threw", { plugin: "devtools", cause }),
      );
    }
  }

  return {
    get isOn() {
      return end !== undefined;
    },

    record(make) {
      if (!end) return;
      guarded(() => {
        sequence += 1;
        // What is made is an event but for the facts that are added here.
        const when = { time: clock.now(), monotonicMs: performance.now() };
        const event = { sequence, ...when, ...make() } as DevtoolsEvent;
        history.push(event);
        if (history.length > historySize) history.shift();
        for (const { call } of [...listeners]) guarded(() => call(event));
      });
    },

    identify(request) {
      const known = requestIds.get(request);
      if (known !== undefined) return { requestId: known, isNew: false };
      requests += 1;
      requestIds.set(request, requests);
      return { requestId: requests, isNew: true };
    },

    nextStepId: () => (steps += 1),

    listen(call, replay) {
      // A fresh object for each call: one function added twice is two listeners.
      const listener = { call };
      if (replay) for (const event of [...history]) guarded(() => call(event));
      listeners.add(listener);
      switchOver();
      return () => {
        listeners.delete(listener);
        switchOver();
      };
    },

    history: () => [...history],

    connect(how) {
      begin = how;
      switchOver();
    },

    dispose() {
      begin = undefined;
      listeners.clear();
      switchOver();
    },
  };
}

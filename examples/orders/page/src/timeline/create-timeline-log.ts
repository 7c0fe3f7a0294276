import type { DevtoolsEvent } from "@x/client-devtools";
import type { Timeline, TimelineBar } from "./timeline.ts";
import { toServerBars } from "./to-server-bars.ts";

/** How many requests are remembered. */
const MAX_TIMELINES = 60;

/** What a log listens to: a client with the plugin `devtools`. */
interface Told {
  onDevtoolsEvent(listener: (event: DevtoolsEvent) => void): () => void;
}

/** The latest requests of a client, and what each went through. */
export interface TimelineLog {
  /** The latest first. The same array until something changes. */
  getSnapshot(): readonly Timeline[];
  subscribe(listener: () => void): () => void;
  stop(): void;
}

interface Draft {
  readonly timeline: Omit<Timeline, "bars">;
  readonly startedAt: number;
  readonly bars: Map<number, TimelineBar>;
}

/** Follows all requests of a client from now on. */
export function createTimelineLog(client: Told): TimelineLog {
  const drafts = new Map<number, Draft>();
  const listeners = new Set<() => void>();
  let timelines: readonly Timeline[] = [];

  function publish(draft: Draft, serverBars: readonly TimelineBar[] = []): void {
    const clientBars = [...draft.bars.values()].toSorted(
      (a, b) => a.startedAt - b.startedAt || a.depth - b.depth,
    );
    const timeline = { ...draft.timeline, bars: [...clientBars, ...serverBars] };
    const others = timelines.filter(({ id }) => id !== timeline.id);
    timelines = [timeline, ...others].toSorted((a, b) => b.id - a.id).slice(0, MAX_TIMELINES);
    for (const listener of listeners) listener();
  }

  const stop = client.onDevtoolsEvent((event) => {
    const now = event.monotonicMs;
    if (event.type === "request-start") {
      const { requestId: id, operationType: operation, method, path } = event;
      const timeline = {
        id,
        operation,
        method,
        path,
        outcome: "pending",
        status: 0,
        durationMs: undefined,
      } as const;
      drafts.set(id, { timeline, startedAt: now, bars: new Map() });
      return;
    }
    if (event.type !== "step-start" && event.type !== "step-end" && event.type !== "request-settle") return;
    const draft = drafts.get(event.requestId);
    if (!draft) return;
    const at = now - draft.startedAt;
    if (event.type === "step-start") {
      const { stepId, name, position: depth } = event;
      const bar = {
        side: "client",
        name,
        depth,
        startedAt: at,
        endedAt: undefined,
        outcome: "running",
      } as const;
      draft.bars.set(stepId, { ...bar, name: name === "core" ? "fetch" : name });
      if (name === "core") publish(draft);
    } else if (event.type === "step-end") {
      const bar = draft.bars.get(event.stepId)!;
      const outcome = event.name === "core" && event.outcome !== "threw" ? "sent" : event.outcome;
      draft.bars.set(event.stepId, { ...bar, endedAt: at, outcome });
    } else {
      drafts.delete(event.requestId);
      const { outcome, status, headers } = event;
      for (const [stepId, bar] of draft.bars)
        if (bar.outcome === "sent" && outcome !== "success" && status === 0)
          draft.bars.set(stepId, { ...bar, outcome: "threw" });
      const core = [...draft.bars.values()].findLast(({ name }) => name === "fetch");
      const settled = { ...draft, timeline: { ...draft.timeline, outcome, status, durationMs: at } };
      publish(settled, toServerBars(headers["server-timing"], core));
    }
  });

  return {
    getSnapshot: () => timelines,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
  };
}

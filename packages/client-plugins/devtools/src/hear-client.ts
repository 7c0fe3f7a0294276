import type { InstanceContext } from "@x/client";
import type { Curtain } from "./curtain.ts";
import { followSteps } from "./follow-steps.ts";
import { known } from "./known.ts";
import type { Recorder } from "./recorder.ts";
import { tellStarted } from "./request-events.ts";

/** Has the recorder told of what happens in a client, until what it returns is called. */
export function hearClient(scope: InstanceContext, recorder: Recorder, curtain: Curtain): () => void {
  const { stateManager, eventEmitter } = scope;
  const stops = [
    scope.instrument((steps) =>
      followSteps(steps, recorder, curtain, (context) => tellStarted(context, recorder, curtain)),
    ),
    eventEmitter.on("change", ({ queryKey }) =>
      recorder.record(() => {
        if (queryKey === undefined) return { type: "state-change" };
        const entry = stateManager.getCache(queryKey);
        if (!entry) return { type: "state-change", queryKey };
        const { state, stale, tags } = entry;
        return {
          type: "state-change",
          queryKey,
          entry: {
            timestamp: state.timestamp,
            stale,
            tags: [...tags],
            ...known("data", curtain.body(state.data)),
          },
        };
      }),
    ),
    eventEmitter.on("stale", ({ queryKeys }) =>
      recorder.record(() => ({ type: "invalidate", queryKeys: [...queryKeys] })),
    ),
    eventEmitter.on("refetch", ({ queryKey, tags }) =>
      recorder.record(() => ({
        type: "refetch",
        ...(queryKey === undefined ? {} : { queryKey }),
        ...(tags === undefined ? {} : { tags: [tags].flat() }),
      })),
    ),
    eventEmitter.on("identity", ({ identity, previous }) =>
      recorder.record(() => ({
        type: "identity",
        ...(identity === undefined ? {} : { identity }),
        ...(previous === undefined ? {} : { previous }),
      })),
    ),
  ];
  return () => stops.forEach((stop) => stop());
}

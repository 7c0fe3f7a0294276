import { definePlugin, perClient, type RequestContext } from "@x/client";
import { createCurtain } from "./curtain.ts";
import type { DevtoolsEvent, LifecycleEvent } from "./events.ts";
import { hearClient } from "./hear-client.ts";
import { createRecorder, type DevtoolsListener, type Recorder } from "./recorder.ts";
import { tellSettled } from "./request-events.ts";

/** What a devtool is told, and how much of it is remembered. */
export interface DevtoolsConfig {
  /** How many of the latest events are remembered. Default: 1,000. */
  readonly historySize?: number | undefined;
  /** Whether events are remembered while nobody listens, too. Default: `false`, and nobody pays for it. */
  readonly record?: boolean | undefined;
  /** Whether the values of headers are told, of all or of those named. Default: `false`. */
  readonly showHeaders?: boolean | readonly string[] | undefined;
  /** Whether bodies, answers and the data of the state are told. Default: `false`. */
  readonly showBodies?: boolean | undefined;
}

/** What the plugin adds to a client. */
export interface DevtoolsMethods {
  /**
   * Calls the listener with every event from now on, and returns a function that stops it. With `replay`, first with
   * the events that are remembered.
   */
  onDevtoolsEvent(listener: DevtoolsListener, options?: { readonly replay?: boolean }): () => void;
  /** The events that are remembered, the oldest first. */
  devtoolsHistory(): readonly DevtoolsEvent[];
}

/** What other plugins get by `plugins.get("devtools")`: the same. */
export type DevtoolsInternal = DevtoolsMethods;

/** What the plugin adds to the types of a client. */
export interface DevtoolsTypes {
  methods: DevtoolsMethods;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    devtools: DevtoolsInternal;
  }
}

/**
 * Tells whoever listens what happens in a client, as plain data: requests, the steps that they go through, what becomes
 * of them, changes of the state, invalidations and observers. It changes nothing about any of that.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { devtools } from "@x/client-devtools";
 *
 * const client = createClient({ baseUrl: "/api" }).use([devtools()]);
 * const stop = client.onDevtoolsEvent((event) => console.log(event.type, event));
 * await client.get("posts");
 * stop();
 * ```
 */
export function devtools(config: DevtoolsConfig = {}) {
  const { historySize = 1_000, record = false, showHeaders = false, showBodies = false } = config;
  const curtain = createCurtain({ showHeaders, showBodies });
  const recorderOf = perClient((scope) => createRecorder(scope, { historySize, record }));

  function methodsOf(recorder: Recorder): DevtoolsMethods {
    return {
      onDevtoolsEvent: (listener, { replay = false } = {}) => recorder.listen(listener, replay),
      devtoolsHistory: () => recorder.history(),
    };
  }

  function tellLifecycle(
    hook: LifecycleEvent["hook"],
    context: RequestContext,
    previous?: RequestContext,
  ): void {
    const { instanceId, operationType, queryKey } = context;
    recorderOf(context).record(() => ({
      type: "lifecycle",
      hook,
      instanceId,
      operationType,
      queryKey,
      ...(previous ? { previousQueryKey: previous.queryKey } : {}),
    }));
  }

  return definePlugin<DevtoolsTypes>()({
    name: "devtools",
    // The last `afterResponse`: it sees what became of the response.
    priority: Number.MAX_SAFE_INTEGER,

    setup(scope) {
      const recorder = recorderOf(scope);
      recorder.connect(() => hearClient(scope, recorder, curtain));
      return () => recorder.dispose();
    },

    afterResponse(context, response) {
      const recorder = recorderOf(context);
      if (recorder.isOn) tellSettled(context, response, recorder, curtain);
    },

    lifecycle: {
      onMount: (context) => tellLifecycle("mount", context),
      onUpdate: (context, previous) => tellLifecycle("update", context, previous),
      onUnmount: (context) => tellLifecycle("unmount", context),
    },

    internal: (context): DevtoolsInternal => methodsOf(recorderOf(context)),
    api: (context) => methodsOf(recorderOf(context)),
  });
}

import { definePlugin, type ClientResponse, type RequestContext } from "@x/client";
import { pageVisibility, type Visibility } from "./visibility.ts";

/**
 * How long after an answer to ask again, in milliseconds. `false`, 0 and what is not finite: not at all. A function is
 * asked after each answer.
 */
export type RefetchInterval = number | false | IntervalOf;

// Parameters of methods compare both ways, so that a function may say what data it expects.
type IntervalOf = { of(response: ClientResponse): number | false }["of"];

/** How observers poll: in `polling()` for each of them, in an observer's options for that one. */
export interface PollingOptions {
  /** How long after an answer, or a failure, to ask again, in milliseconds. Default: `false`, not at all. */
  readonly refetchInterval?: RefetchInterval | undefined;
  /** Whether to go on while the page is hidden. Default: `false`; what fell due is sent when it is shown again. */
  readonly refetchIntervalInBackground?: boolean | undefined;
}

/** Options of `polling`. */
export interface PollingConfig extends PollingOptions {
  /** Whether somebody can see what is shown. Default: the visibility of the page, where there is one. */
  readonly visibility?: Visibility | undefined;
}

/** What the plugin adds to the types of a client. */
export interface PollingTypes {
  options: PollingOptions;
}

/** What a request's observer polls by, in the request's scratch space. */
interface Poll {
  readonly response: ClientResponse;
  /** In milliseconds of the clock. */
  readonly answeredAt: number;
  readonly intervalMs: number;
  stop(): void;
}

const POLL = "polling:poll";
/** The context with the latest options, which takes the place of that of a request under way. */
const LATEST = "polling:latest";

/**
 * Sends an observer's request again and again. Each mounted observer polls by itself; requests without one do not.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { polling } from "@x/client-polling";
 *
 * const client = createClient({ baseUrl: "/api" }).use([polling()]);
 * const job = client.observe("jobs/:id", { params: { id: 7 }, refetchInterval: 2_000 });
 * job.mount(); // a request now, and one 2 s after each answer
 * job.unmount(); // no more
 * ```
 */
export function polling(config: PollingConfig = {}) {
  const { visibility = pageVisibility } = config;

  function intervalFor({ pluginOptions }: Polled, response: ClientResponse): number {
    const chosen = pluginOptions?.refetchInterval ?? config.refetchInterval ?? false;
    const interval = typeof chosen === "function" ? chosen(response) : chosen;
    return interval && Number.isFinite(interval) && interval > 0 ? interval : 0;
  }

  /** Lets the observer ask again after the interval that its latest options give. */
  function poll(context: Polled, response: ClientResponse, answeredAt: number): void {
    const { temp, clock, request, pluginOptions } = context;
    const intervalMs = request.signal?.aborted ? 0 : intervalFor(context, response);
    const inBackground = pluginOptions?.refetchIntervalInBackground ?? config.refetchIntervalInBackground;
    const due = () => {
      if (inBackground || visibility.isVisible()) void context.refetch();
      else stopWaiting = visibility.subscribe(() => visibility.isVisible() && due());
    };
    let stopWaiting = () => {};
    const stop = () => stopWaiting();
    if (intervalMs > 0) stopWaiting = clock.schedule(due, answeredAt + intervalMs - clock.now());
    temp.set(POLL, { response, answeredAt, intervalMs, stop } satisfies Poll);
    context.onCleanup(stop);
  }

  return definePlugin<PollingTypes>()({
    name: "polling",
    operations: ["read", "pages"],
    // An interval that depends on the data is to see what others have made of it.
    priority: 90,

    afterResponse(context, response) {
      const latest = context.temp.get(LATEST) as Polled | undefined;
      if (context.observed) poll(latest ?? context, response, context.clock.now());
    },

    lifecycle: {
      onUpdate(context) {
        context.temp.set(LATEST, context);
        // Only a request that goes on with other options has one: the observer's next request begins without.
        const current = context.temp.get(POLL) as Poll | undefined;
        if (!current || intervalFor(context, current.response) === current.intervalMs) return;
        current.stop();
        poll(context, current.response, current.answeredAt);
      },
    },
  });
}

type Polled = RequestContext<PollingTypes>;

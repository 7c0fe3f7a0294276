import { perClient } from "../../../plugin/per-client.ts";
import { isFailure } from "../../../request/response.ts";
import { type Faults, named } from "./fault.ts";

const answered = new Map<string, unknown>();
const shared = new AbortController();

/** Faults in what a plugin keeps, for whom and for how long. */
export const STATE_FAULTS: Faults<"own-state" | "identity" | "lifecycle" | "disposal"> = {
  "own-state": [
    {
      what: "keeps answers in its module",
      create: named({
        async middleware({ queryKey, operationType }, next) {
          if (answered.has(queryKey)) return { data: answered.get(queryKey), status: 200 };
          const response = await next();
          if (operationType === "read" && !isFailure(response)) answered.set(queryKey, response.data);
          return response;
        },
      }),
      says: "an instance of its own",
    },
    {
      what: "counts in its factory",
      create() {
        let count = 0;
        return named({
          middleware(context, next) {
            count += 1;
            if (count > 8) context.request.headers["x-many"] = "yes";
            return next();
          },
        })();
      },
      says: "with the same plugin",
    },
    {
      what: "ends for all clients at once",
      create() {
        let ended = false;
        return named({
          setup: () => () => {
            ended = true;
          },
          middleware: (_context, next) => (ended ? { error: new Error("ended") } : next()),
        })();
      },
      says: "was disposed",
    },
    {
      what: "shares what is under way",
      create() {
        const underWay = new Map<string, Promise<object>>();
        return named({
          middleware({ queryKey }, next) {
            const known = underWay.get(queryKey);
            if (known) return known;
            const response = next().finally(() => underWay.delete(queryKey));
            underWay.set(queryKey, response);
            return response;
          },
        })();
      },
      says: "at the same time",
    },
  ],
  identity: [
    {
      what: "keeps answers by their path",
      create() {
        const keptBy = perClient(() => new Map<string, unknown>());
        return named({
          operations: ["read"],
          async middleware(context, next) {
            const kept = keptBy(context);
            const key = `${context.path} ${JSON.stringify(context.request.params)}`;
            if (kept.has(key)) return { data: kept.get(key), status: 200 };
            const response = await next();
            if (!isFailure(response)) kept.set(key, response.data);
            return response;
          },
        })();
      },
      says: "the former one's",
    },
    {
      what: "keeps failures for all",
      create() {
        const failedBy = perClient(() => ({ failed: false }));
        return named({
          async middleware(context, next) {
            const state = failedBy(context);
            if (state.failed) return { error: new Error("it has failed before") };
            const response = await next();
            state.failed = isFailure(response);
            return response;
          },
        })();
      },
      says: "of the user who came fails",
    },
  ],
  lifecycle: [
    {
      what: "polls for ever",
      create: named({
        operations: ["read"],
        afterResponse(context) {
          if (context.observed) context.clock.schedule(() => void context.refetch(), 10_000);
        },
      }),
      says: "goes on sending requests",
    },
    {
      what: "expects every observer to have had a request",
      create: named({
        middleware(context, next) {
          context.temp.set("acme:start", { at: 1 });
          return next();
        },
        lifecycle: {
          onUnmount: ({ temp }) => void (temp.get("acme:start") as { at: number }).at.toFixed(),
        },
      }),
      says: "a hook threw",
    },
  ],
  disposal: [
    {
      what: "ticks on the client's clock",
      create: named({
        setup({ clock }) {
          const tick = (): void => void clock.schedule(tick, 1_000);
          tick();
        },
      }),
      says: "a timer of context.clock is left",
    },
    {
      what: "ticks on the platform's clock",
      create: named({
        setup() {
          setInterval(() => {}, 60_000);
        },
      }),
      says: "use context.clock",
    },
    {
      what: "listens to the signal of each request",
      create: named({
        middleware(context, next) {
          shared.signal.addEventListener("abort", () => context.temp.clear());
          return next();
        },
      }),
      says: "a listener of an event target",
    },
    {
      what: "subscribes for each request",
      create: named({
        middleware(context, next) {
          context.stateManager.subscribe(context.queryKey, () => context.temp.clear());
          return next();
        },
      }),
      says: "a listener of the client's events or state",
    },
    {
      what: "holds requests when the client is disposed",
      create() {
        const heldBy = perClient(() => new Set<() => void>());
        return named({
          setup: (context) => () => heldBy(context).forEach((cancel) => cancel()),
          async middleware(context, next) {
            await new Promise<void>((resolve) => {
              heldBy(context).add(context.clock.schedule(resolve, 10));
            });
            return next();
          },
        })();
      },
      says: "never settles",
    },
  ],
};

import { perClient } from "../../../plugin/per-client.ts";
import type { AnyPlugin, ClientPlugin } from "../../../plugin/plugin.ts";
import { isFailure } from "../../../request/response.ts";
import type { InstanceContext } from "../../../request/context-types.ts";
import type { PluginCheckId } from "../plugin-check.ts";

/** A plugin with one fault. */
export interface Fault {
  /** What its author did. */
  readonly what: string;
  readonly create: () => AnyPlugin;
  /** A part of what the check says. */
  readonly says: string;
}

const named = (rest: Omit<ClientPlugin, "name">) => (): ClientPlugin => ({ name: "acme:faulty", ...rest });

let instances = 0;
const answered = new Map<string, unknown>();

/** Faults as they are made, by the check that finds them. */
export const FAULTS: Readonly<Record<PluginCheckId, readonly Fault[]>> = {
  name: [
    { what: "has no name", create: () => ({ name: "" }), says: "its name is" },
    { what: "has a name in its own spelling", create: () => ({ name: "My Plugin" }), says: "vendor:word" },
    {
      what: "numbers its instances",
      create: () => ({ name: `acme:faulty-${(instances += 1)}` }),
      says: "another instance is named",
    },
  ],
  setup: [
    {
      what: "depends on a plugin that nobody gave",
      create: named({ dependencies: ["acme:flags"] }),
      says: "others: () =>",
    },
    {
      what: "fetches in setup",
      create: named({ setup: ({ send }) => void send("session", {}) }),
      says: "before anybody asked",
    },
    {
      what: "sets itself up again for each observer",
      create() {
        const plugin: ClientPlugin = {
          name: "acme:faulty",
          setup() {},
          lifecycle: { onMount: ({ clientScope }) => void plugin.setup?.(clientScope as InstanceContext) },
        };
        return plugin;
      },
      says: "its setup ran 3 times",
    },
  ],
  next: [
    {
      what: "sends again without saying that it is repeatable",
      create: named({
        async middleware(_context, next) {
          const response = await next();
          return isFailure(response) ? next() : response;
        },
      }),
      says: "called next() 2 times",
    },
    {
      what: "sends the same twice at once",
      create: named({
        repeatable: true,
        middleware: (_context, next) => Promise.race([next(), next()]),
      }),
      says: "while the call before was under way",
    },
    {
      what: "does not wait for the rest",
      create: named({
        middleware(_context, next) {
          void next().catch(() => {});
          return { data: "optimistic" };
        },
      }),
      says: "ended before",
    },
  ],
  outcomes: [
    {
      what: "takes data for granted",
      create: named({
        async middleware(_context, next) {
          const response = await next();
          (response.data as object).toString();
          return response;
        },
      }),
      says: "its middleware threw",
    },
    {
      what: "takes its own notes for granted",
      create: named({
        middleware(context, next) {
          context.temp.set("acme:start", { at: 1 });
          return next();
        },
        afterResponse: ({ temp }) => void (temp.get("acme:start") as { at: number }).at.toFixed(),
      }),
      says: "a hook threw",
    },
    {
      what: "returns nothing",
      create: named({
        async middleware(_context, next) {
          const { data } = await next();
          return data as object;
        },
      }),
      says: "returned no response",
    },
    {
      what: "waits for an answer that may not come",
      create: named({
        middleware: (_context, next) =>
          new Promise((resolve) => {
            void next().then((response) => (response.error ? undefined : resolve(response)));
          }),
      }),
      says: "never settles",
    },
  ],
  failures: [
    {
      what: "decides by the data",
      create: named({
        async middleware(_context, next) {
          const response = await next();
          return response.data ? response : { data: [] };
        },
      }),
      says: "counts as a success",
    },
    {
      what: "loses the status",
      create: named({
        async middleware(_context, next) {
          const { data, error } = await next();
          return error === undefined ? { data } : { error };
        },
        afterResponse: (_context, { data, error }) => ({ data, error: error && new Error(error.message) }),
      }),
      says: "reaches its caller with status",
    },
    {
      what: "takes an empty answer for a failure",
      create: named({
        async middleware(_context, next) {
          const response = await next();
          return response.data === undefined ? { error: new Error("nothing there") } : response;
        },
      }),
      says: "fails with",
    },
  ],
  data: [
    {
      what: "takes falsy data for none",
      create: named({
        async middleware(_context, next) {
          const response = await next();
          return { ...response, data: response.data || undefined };
        },
      }),
      says: "is answered with 0",
    },
    {
      what: "fails without data",
      create: named({
        afterResponse: (_context, response) =>
          response.data ? undefined : { error: response.error ?? new Error("no data") },
      }),
      says: "never by the data",
    },
  ],
  inputs: [
    {
      what: "adds to the query",
      create: named({
        middleware(context, next) {
          Object.assign(context.request.query ?? {}, { tenant: "acme" });
          return next();
        },
      }),
      says: "changes the options",
    },
    {
      what: "takes something out of the body, and does not mind",
      create: named({
        middleware(context, next) {
          Reflect.deleteProperty((context.request.body ?? {}) as object, "title");
          return next();
        },
      }),
      says: "changes the options of a POST",
    },
  ],
  abort: [
    {
      what: "sleeps through an abort",
      create: named({
        async middleware(context, next) {
          await new Promise<void>((resolve) => context.clock.schedule(resolve, 1_000));
          return next();
        },
      }),
      says: "goes on waiting",
    },
    {
      what: "makes something else of an abort",
      create: named({
        async middleware(_context, next) {
          const { aborted, ...response } = await next();
          return aborted ? { data: "cancelled" } : response;
        },
      }),
      says: "as if it had not been aborted",
    },
    {
      what: "takes the signal away",
      create: named({
        middleware(context, next) {
          const { signal, ...rest } = context.request;
          context.request.transport = ({ signal: _own, ...request }) =>
            rest.transport({ ...request, signal: undefined });
          return next();
        },
      }),
      says: "is not aborted",
    },
    {
      what: "sends again what was aborted",
      create: named({
        repeatable: true,
        async middleware(context, next) {
          const response = await next();
          if (isFailure(response)) {
            const { send, path, method, request } = context;
            const { params, body } = request;
            context.clock.schedule(() => void send(path, { method, params, body }), 1_000);
          }
          return response;
        },
      }),
      says: "is sent nevertheless",
    },
  ],
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
  concurrency: [
    {
      what: "notes in a variable what belongs to a request",
      create() {
        const latest = perClient((): { path?: unknown } => ({}));
        return named({
          async middleware(context, next) {
            const { params } = context.request;
            latest(context).path = params;
            const response = await next();
            context.request.params = params;
            return isFailure(response)
              ? response
              : { ...response, data: { url: `items/${(latest(context).path as { id: number }).id}` } };
          },
        })();
      },
      says: "several reads at once",
    },
    {
      what: "forgets who waits when another one comes",
      create() {
        const waiting = perClient((): { cancel?: () => void } => ({}));
        return named({
          async middleware(context, next) {
            const own = waiting(context);
            own.cancel?.();
            await new Promise<void>((resolve) => (own.cancel = context.clock.schedule(resolve, 10)));
            return next();
          },
        })();
      },
      says: "one never settles",
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

const shared = new AbortController();

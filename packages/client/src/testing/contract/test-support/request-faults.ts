import { perClient } from "../../../plugin/per-client.ts";
import { isFailure } from "../../../request/response.ts";
import { type Faults, named } from "./fault.ts";

/** Faults in what a plugin does to a request and its answer. */
export const REQUEST_FAULTS: Faults<"data" | "inputs" | "abort" | "concurrency"> = {
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
          const { transport } = context.request;
          context.request.transport = (request) => transport({ ...request, signal: undefined });
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
};

import type { ClientPlugin } from "../../../plugin/plugin.ts";
import type { InstanceContext } from "../../../request/context-types.ts";
import { isFailure } from "../../../request/response.ts";
import { type Faults, named } from "./fault.ts";

let instances = 0;

/** Faults in how a plugin presents itself and passes requests on. */
export const MIDDLEWARE_FAULTS: Faults<"name" | "setup" | "next" | "outcomes" | "failures"> = {
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
};

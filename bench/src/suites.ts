import type { Suite } from "./harness/suite.ts";

/** Every suite by the name that the command line takes. A suite is loaded when it is asked for, peers included. */
export const suites: Readonly<Record<string, { readonly summary: string; load(): Promise<Suite> }>> = {
  compose: {
    summary: "@x/pipeline beside koa-compose, Hono's compose, hookable and hand-nested closures",
    load: async () => (await import("./compose/suite.ts")).composeSuite,
  },
  client: {
    summary: "@x/client beside TanStack Query, urql, ky, ofetch, axios and fetch by hand",
    load: async () => (await import("./client/suite.ts")).clientSuite,
  },
  plugins: {
    summary: "each official plugin of @x/client by itself, and five of them beside TanStack Query and others",
    load: async () => (await import("./plugins/suite.ts")).pluginsSuite,
  },
  pg: {
    summary: "@x/server-pg beside kysely and pg by themselves, on a PostgreSQL server of this machine",
    load: async () => (await import("./pg/suite.ts")).pgSuite,
  },
  jobs: {
    summary: "@x/jobs beside pg-boss by itself, graphile-worker and BullMQ, on servers of this machine",
    load: async () => (await import("./jobs/suite.ts")).jobsSuite,
  },
  server: {
    summary: "@x/server beside Fastify, Hono, Koa, Express, h3 and node:http by hand",
    load: async () => (await import("./server/suite.ts")).serverSuite,
  },
};

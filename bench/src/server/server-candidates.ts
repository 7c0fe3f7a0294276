import type { ServerModule } from "./server-module.ts";

/** One server, as a process of its own loads it. */
export interface ServerCandidate {
  readonly name: string;
  /** What a table must say beside the figures. */
  readonly note?: string;
  /** Serves every case. Left out where the start alone is measured. */
  readonly load?: () => Promise<ServerModule>;
  /** Serves one GET, without plugins and schemas. */
  readonly loadSmall: () => Promise<ServerModule>;
}

/** A candidate that serves every case. */
export type FullCandidate = ServerCandidate & Required<Pick<ServerCandidate, "load">>;

/** What every figure is compared with: the same work by hand. */
export const FLOOR = "node:http";
/** Our server, its routes given in code. */
export const OURS = "@x/server";
/** Our server, its routes found as files. */
export const OURS_FROM_FILES = "@x/server from files";
/** The peer to beat. */
export const PEER = "fastify";

/** Every candidate, in the order of the tables' columns. */
export const serverCandidates: readonly ServerCandidate[] = [
  {
    name: FLOOR,
    note: "the same work written out by hand; by `import`, which loads more of Node than `require` does, and than ours",
    load: () => import("./candidates/bare.ts"),
    loadSmall: () => import("./small/bare.ts"),
  },
  {
    name: OURS,
    load: () => import("./candidates/x-server.ts"),
    loadSmall: () => import("./small/x-server.ts"),
  },
  {
    name: OURS_FROM_FILES,
    note: "one file of JavaScript, no `faas.yaml`",
    loadSmall: () => import("./small/x-server-files.ts"),
  },
  {
    name: "@x/server from .ts files",
    note: "the same in TypeScript, which Node itself takes most of that time to strip",
    loadSmall: () => import("./small/x-server-typed-files.ts"),
  },
  {
    name: PEER,
    note: "hooks; the schema by `setValidatorCompiler`; no schema of the response",
    load: () => import("./candidates/fastify.ts"),
    loadSmall: () => import("./small/fastify.ts"),
  },
  {
    name: "hono",
    note: "@hono/node-server, `hono/body-limit`",
    load: () => import("./candidates/hono.ts"),
    loadSmall: () => import("./small/hono.ts"),
  },
  {
    name: "koa",
    note: "@koa/router, @koa/bodyparser",
    load: () => import("./candidates/koa.ts"),
    loadSmall: () => import("./small/koa.ts"),
  },
  {
    name: "express",
    note: "`express.json`, no ETag; its middlewares cannot await what follows them, so that the timing listens for `finish`",
    load: () => import("./candidates/express.ts"),
    loadSmall: () => import("./small/express.ts"),
  },
  {
    name: "h3",
    note: "`toNodeHandler`, `bodyLimit`, `readValidatedBody`",
    load: () => import("./candidates/h3.ts"),
    loadSmall: () => import("./small/h3.ts"),
  },
];

/** The candidates that serve every case. */
export const fullCandidates: readonly FullCandidate[] = serverCandidates.filter(
  (candidate): candidate is FullCandidate => candidate.load !== undefined,
);

/** The candidate of a name. */
export function findCandidate(name: string): ServerCandidate {
  const found = serverCandidates.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no server "${name}"`);
  return found;
}

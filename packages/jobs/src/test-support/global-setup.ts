import type { TestProject } from "vitest/node";
import { startPostgres } from "../../../../tooling/start-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A server's URL, or why there is none. */
    postgres: { readonly url: string } | { readonly missing: string };
  }
}

/** One server for all tests of the package. Each test file takes a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  if ("missing" in server) {
    project.provide("postgres", server);
    return async () => {};
  }
  project.provide("postgres", { url: server.url });
  return () => server.stop();
}

import { type BundleSize, bundleSize } from "../harness/bundle-size.ts";
import { pluginCosts } from "./plugin-costs.ts";

/** What of ours the goal is about. */
export const STACK = "@x/client: createClient and the five";

/** The sizes of what a user would import to read as the stack does. */
export async function stackSizes(): Promise<Map<string, BundleSize>> {
  const five = ["cache", "deduplication", "retry", "invalidation", "optimistic"];
  const sources = {
    [STACK]: [`export { createClient } from "@x/client";`, ...five.map(importOf)].join("\n"),
    "@tanstack/query-core: QueryClient and MutationObserver": `export { QueryClient, MutationObserver } from "@tanstack/query-core";`,
    "@urql/core: Client and 2 exchanges": `export { Client, cacheExchange, fetchExchange } from "@urql/core";`,
    ky: `export { default } from "ky";`,
    ofetch: `export { ofetch } from "ofetch";`,
    axios: `export { default } from "axios";`,
  };
  return measureAll(Object.entries(sources));
}

/** What each plugin adds to a client, its own dependencies included, by its name. */
export function pluginSizes(): Promise<Map<string, BundleSize>> {
  return measureAll(
    pluginCosts.map(({ name }) => [name, importOf(name)]),
    ["@x/client", "@x/pipeline"],
  );
}

function importOf(plugin: string): string {
  const { imports } = pluginCosts.find(({ name }) => name === plugin)!;
  return `export { ${imports} } from "@x/client-${plugin}";`;
}

async function measureAll(
  sources: readonly (readonly [name: string, source: string])[],
  external?: readonly string[],
): Promise<Map<string, BundleSize>> {
  return new Map(
    await Promise.all(
      sources.map(async ([name, source]) => [name, await bundleSize(source, external)] as const),
    ),
  );
}

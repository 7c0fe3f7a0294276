import { fileURLToPath } from "node:url";
import { type BundleSize, bundleSize } from "../harness/bundle-size.ts";

/** What of ours the goals are about. */
export const CORE = "@x/client: createClient";
export const WITH_PLUGINS = "@x/client: createClient and 5 plugins";

const PLUGINS = {
  cache: "cache.ts",
  timing: "timing.ts",
  requestId: "request-id.ts",
  transform: "transform.ts",
  retry: "retry.ts",
};

/** The sizes of what a user would import to do the reads of this suite. */
export async function clientSizes(): Promise<Map<string, BundleSize>> {
  const core = `export { createClient } from "@x/client";`;
  const plugins = Object.entries(PLUGINS).map(([name, file]) => {
    const path = fileURLToPath(import.meta.resolve(`./plugins/${file}`));
    return `export { ${name} } from ${JSON.stringify(path)};`;
  });
  const sources = {
    [CORE]: core,
    [WITH_PLUGINS]: [core, ...plugins].join("\n"),
    "@tanstack/query-core: QueryClient": `export { QueryClient } from "@tanstack/query-core";`,
    "@urql/core: Client and 2 exchanges": `export { Client, cacheExchange, fetchExchange } from "@urql/core";`,
    ky: `export { default } from "ky";`,
    ofetch: `export { ofetch } from "ofetch";`,
    axios: `export { default } from "axios";`,
  };
  const sizes = Object.entries(sources).map(
    async ([name, source]) => [name, await bundleSize(source)] as const,
  );
  return new Map(await Promise.all(sizes));
}

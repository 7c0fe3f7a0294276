import { type BundleSize, bundleSize } from "../harness/bundle-size.ts";
import { HONO_COMPOSE } from "./candidates/hono-compose.ts";

/** The sizes of the candidates that a user could bundle, `compose` alone of each. */
export async function composeSizes(): Promise<Map<string, BundleSize>> {
  const sources = {
    "@x/pipeline": `export { compose } from "@x/pipeline";`,
    "koa-compose": `export { default as compose } from "koa-compose";`,
    "hono compose": `export { compose } from ${JSON.stringify(HONO_COMPOSE.pathname)};`,
    hookable: `export { createHooks } from "hookable";`,
  };
  const sizes = Object.entries(sources).map(
    async ([name, source]) => [name, await bundleSize(source)] as const,
  );
  return new Map(await Promise.all(sizes));
}

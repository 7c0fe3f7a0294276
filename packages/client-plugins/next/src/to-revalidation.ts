import type { RequestContext } from "@x/client";
import { toNextTag } from "./next-tags.ts";
import type { NextConfig, NextTypes, ServerRevalidation, Write } from "./types.ts";

/** What a write has put out of date on the server, or `undefined` for nothing. */
export function toRevalidation(
  context: RequestContext<NextTypes>,
  config: NextConfig,
): ServerRevalidation | undefined {
  const { serverRevalidate, revalidateTags, revalidatePaths } = context.pluginOptions ?? {};
  // Who says what is to be revalidated wants it to be.
  const asked = revalidateTags !== undefined || revalidatePaths !== undefined;
  if (!(serverRevalidate ?? (asked || (config.serverRevalidate ?? true)))) return undefined;

  const tags = revalidateTags ?? choose(config.revalidateTags, context) ?? changedBy(context).map(toNextTag);
  const paths = revalidatePaths ?? choose(config.revalidatePaths, context) ?? [];
  if (tags.length + paths.length === 0) return undefined;
  return {
    tags: [...new Set(tags)],
    paths: paths.map((path) => (typeof path === "string" ? { path } : path)),
  };
}

function choose<Chosen extends object>(
  configured: Chosen | ((write: Write) => Chosen) | undefined,
  write: Write,
): Chosen | undefined {
  return typeof configured === "function" ? configured(write) : configured;
}

/** What the write makes stale in the client. */
function changedBy({ plugins, tags }: RequestContext<NextTypes>): readonly string[] {
  // Not imported: where the invalidation plugin is not installed, its types are not either.
  const invalidation = plugins.get("invalidation") as { patterns(): readonly string[] } | undefined;
  if (invalidation) return invalidation.patterns();
  const roots = new Set(tags.map((tag) => tag.split("/", 1)[0]!));
  return [...roots].flatMap((root) => [root, `${root}/*`]);
}

import type { PluginResponse } from "@x/client";

/** The tags that a header lists, as they are written there: path tags are URL-encoded at both ends. */
export function readTags(
  { status = 0, headers }: PluginResponse,
  header: "api-reads" | "api-writes",
): string[] | undefined {
  const list = status >= 200 && status < 300 ? headers?.[header] : undefined;
  return list
    ?.split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}

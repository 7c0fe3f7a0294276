import { basename, dirname, extname } from "node:path";
import { toShortName } from "./package-scope.ts";
import type { PluginSource } from "./plugin-type.ts";

/** What a plugin's class may be called in the module that its type names: `rate-limit` is `RateLimit` or `RateLimitPlugin`. */
export function toClassNames(source: PluginSource): readonly string[] {
  const words = lastPart(source)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const name = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
  return name.endsWith("Plugin") ? [name] : [name, `${name}Plugin`];
}

function lastPart(source: PluginSource): string {
  if (source.kind === "package") return basename(toShortName(source.specifier));
  const name = basename(source.path, extname(source.path));
  return name === "index" ? basename(dirname(source.path)) : name;
}

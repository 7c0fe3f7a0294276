import { ServerError } from "../errors.ts";
import type { ConfigIssue } from "./find-config-issues.ts";

/** The error for a plugin that code has configured wrongly: `INVALID_CONFIG` with all faults, one a line. */
export function pluginConfigError(plugin: string, issues: readonly ConfigIssue[]): ServerError {
  const faults = issues.flatMap(toSingleIssues).map(({ path, message }) => ({
    message,
    keyPath: ["plugins", plugin, "config", ...path],
  }));
  const lines = faults.map(({ keyPath, message }) => `  ${keyPath.join(".")} ${message}`);
  return new ServerError(
    "INVALID_CONFIG",
    [`the plugin "${plugin}" cannot be mounted with its configuration:`, ...lines].join("\n"),
    { plugins: [plugin], faults },
  );
}

/** One for each of several unknown keys. */
function toSingleIssues({
  path,
  message,
  keys,
}: ConfigIssue): readonly Pick<ConfigIssue, "path" | "message">[] {
  return keys ? keys.map((key) => ({ path: [...path, key], message: "is unknown" })) : [{ path, message }];
}

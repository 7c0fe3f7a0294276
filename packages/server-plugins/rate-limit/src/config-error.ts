import { ServerError } from "@x/server";
import type { ConfigIssue } from "./config-schema.ts";

/** One error for all faults of a plugin's configuration, one a line. It quotes no value. */
export function toConfigError(plugin: string, issues: readonly ConfigIssue[]): ServerError {
  const faults = issues.map(({ path, message }) => ({
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

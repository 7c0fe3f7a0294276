import { type ConfigIssue, findConfigIssues } from "@x/server";
import type { PgConfig } from "./pg-config.ts";
import { PG_SHAPE } from "./pg-schema.ts";

/** Everything that is wrong with a configuration once code and YAML have come together. */
export function findFaults(config: PgConfig): ConfigIssue[] {
  const issues = findConfigIssues(PG_SHAPE, config);
  // What is of the wrong type cannot be looked at any closer.
  if (issues.length > 0) return issues;
  const { url, memory, migrations, migrateOnMount } = config;
  // The text itself is a secret, and so is whatever an error of the parser would quote of it.
  if (url !== undefined && !URL.canParse(url)) issues.push({ path: ["url"], message: "is no URL" });
  // Either could lose data where the other was meant.
  if (url !== undefined && memory) issues.push({ path: ["memory"], message: "cannot be true beside url" });
  if (migrateOnMount && migrations === undefined)
    issues.push({ path: ["migrateOnMount"], message: "needs migrations, the folder that they are in" });
  return issues;
}

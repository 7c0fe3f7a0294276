// Holds every package.json of the workspace to the conventions: one line a fault, and exit code 1 if there is any.
import { relative } from "node:path";
import { DEPENDENCY_RULES } from "./dependency-rules.ts";
import { EXPORTS_RULES } from "./exports-rules.ts";
import { COMMON_RULES, PRIVATE_RULES, PUBLIC_RULES } from "./manifest-rules.ts";
import type { Rule } from "./package-rule.ts";
import { listPackages, ROOT, type WorkspacePackage } from "./workspace.ts";

/** Rules of packages that are never published. */
export const RULES_OF_PRIVATE: readonly Rule[] = [...COMMON_RULES, ...PRIVATE_RULES];
/** Rules of packages that are published. */
export const RULES_OF_PUBLIC: readonly Rule[] = [
  ...COMMON_RULES,
  ...PUBLIC_RULES,
  ...EXPORTS_RULES,
  ...DEPENDENCY_RULES,
];

/** The rules that a package breaks. */
export function findFaults({ manifest, directory }: WorkspacePackage): Rule[] {
  const rules = manifest.private === true ? RULES_OF_PRIVATE : RULES_OF_PUBLIC;
  return rules.filter((rule) => !rule.holds(manifest, directory));
}

if (import.meta.main) {
  for (const workspacePackage of listPackages())
    for (const { reason } of findFaults(workspacePackage)) {
      console.error(`${relative(ROOT, workspacePackage.directory)}: ${reason}`);
      process.exitCode = 1;
    }
}

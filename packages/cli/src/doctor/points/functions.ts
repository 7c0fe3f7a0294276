import type ts from "typescript";
import { describeFailure } from "../../output/describe-failure.ts";
import type { InspectedRoute } from "../../project/inspect-route.ts";
import type { Project } from "../../project/open-project.ts";
import { type Finding, findingAt, toFinding } from "../finding.ts";
import { findPluginsProperty } from "../plugins-property.ts";

/** Whether all functions load, with the plugins that code and configuration give them, each under its own name. */
export function checkFunctions(
  routes: readonly InspectedRoute[],
  { root }: Project,
  program: ts.Program,
): readonly Finding[] {
  return routes.flatMap(({ failure, file }): Finding[] => {
    if (failure === undefined) return [];
    const { code, message, faults } = describeFailure(failure, root);
    // A fault of configuration is one whichever function meets it.
    if (code === "INVALID_CONFIG") return [];
    if (code === "DUPLICATE_PLUGIN") {
      const source = file === undefined ? undefined : program.getSourceFile(file);
      const list = source && findPluginsProperty(source);
      if (list) return [findingAt("uniqueness", "error", message, list)];
    }
    const point = code === "DUPLICATE_PLUGIN" ? "uniqueness" : "loading";
    if (faults.length === 0) return [toFinding(point, "error", message, { file })];
    return faults.map((fault) => toFinding(point, "error", fault.message, fault));
  });
}

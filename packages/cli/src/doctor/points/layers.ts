import type { ExplainedValue } from "@x/server/tooling";
import { describeFailure, type FailureFault } from "../../output/describe-failure.ts";
import { toShownPath } from "../../output/place.ts";
import type { InspectedRoute } from "../../project/inspect-route.ts";
import type { Project } from "../../project/open-project.ts";
import { permissiveEnvironment } from "../../project/permissive-environment.ts";
import { listConfigFolders } from "../config-folders.ts";
import { type Finding, type Severity, toFinding } from "../finding.ts";

/**
 * Whether every layer of configuration is valid. A variable that is not set here may be set elsewhere: that is a
 * warning. A value in a file that an API's code hides is for information.
 */
export async function checkLayers(
  routes: readonly InspectedRoute[],
  project: Project,
): Promise<readonly Finding[]> {
  const { root, server, stage, config } = project;
  const permissive = new server.ProjectConfig({ root, stage, env: permissiveEnvironment });
  const findings: Finding[] = [];
  const files = [...listConfigFolders(root, server.CONFIG_FILE), ...routes.flatMap(({ file }) => file ?? [])];
  for (const file of files) {
    const [faults, lasting] = await Promise.all([findFaults(config, file), findFaults(permissive, file)]);
    const known = new Set(lasting.map((fault) => JSON.stringify(fault)));
    for (const fault of faults)
      findings.push(toLayerFinding(known.has(JSON.stringify(fault)) ? "error" : "warning", fault));
  }
  // What code adds to the layers may be at fault as well.
  for (const { failure } of routes) {
    const { code, faults } = describeFailure(failure, root);
    if (code === "INVALID_CONFIG") findings.push(...faults.map((fault) => toLayerFinding("error", fault)));
  }
  return [...unique(findings), ...routes.flatMap(findHidden)];
}

async function findFaults(config: Project["config"], file: string): Promise<readonly FailureFault[]> {
  try {
    await config.resolve(file);
    return [];
  } catch (error) {
    const { faults, message } = describeFailure(error);
    return faults.length > 0 ? faults : [{ message }];
  }
}

/** The keys that lead to a fault are a part of what is said of it. */
function toLayerFinding(severity: Severity, fault: FailureFault): Finding {
  const keys = fault.keyPath?.length ? `${fault.keyPath.join(".")}: ` : "";
  return toFinding("layers", severity, keys + fault.message, fault);
}

/** Each fault once, as it was told first: several functions meet it, and not all know how serious it is. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const told = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.message, finding.file, finding.line, finding.column]);
    if (!told.has(key)) told.set(key, finding);
  }
  return [...told.values()];
}

/** Values in files in whose place a function has what its code says. */
function findHidden({ config, file }: InspectedRoute): Finding[] {
  const where = file === undefined ? "a function" : toShownPath(file);
  return (config?.explain() ?? []).flatMap(({ keyPath, overrode, source }: ExplainedValue) => {
    const hidden = source === "code" ? overrode.find((it) => it.source === "file") : undefined;
    if (!hidden) return [];
    return [toFinding("layers", "info", `${keyPath.join(".")} is hidden by the code of ${where}`, hidden)];
  });
}

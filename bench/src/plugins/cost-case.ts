import type { PluginCost, PluginPath } from "./plugin-cost.ts";
import { pluginCosts } from "./plugin-costs.ts";

/** The names of the two sides of a path. */
export const WITHOUT = "without";
export const WITH = "with";

/** One path of one plugin, measured with it and without. */
export interface CostCase {
  readonly id: string;
  readonly cost: PluginCost;
  readonly path: PluginPath;
}

/** The id of a path's case. */
export const costId = ({ name }: PluginCost, path: "work" | "idle") => `${name}-${path}`;

/** Both paths of every plugin. */
export const costCases: readonly CostCase[] = pluginCosts.flatMap((cost) =>
  (["work", "idle"] as const).map((path) => ({ id: costId(cost, path), cost, path: cost[path] })),
);

import { PipelineError } from "./errors.ts";
import type { PluginIdentity } from "./plugin.ts";

/**
 * Checks a list of plugins and sorts it by priority, once, before any request. The list itself stays as it is.
 *
 * @returns A frozen list, outermost plugin first.
 * @throws PipelineError `INVALID_PLUGINS` when the argument is no array; `INVALID_PLUGIN` when an entry is no
 * object, has no name, or has a priority or dependencies of a wrong type; `DUPLICATE_PLUGIN`,
 * `MISSING_DEPENDENCY` and `CIRCULAR_DEPENDENCY` with the names of all plugins involved.
 *
 * @example
 * ```ts
 * import { resolvePlugins } from "@x/pipeline";
 *
 * const [outer, inner] = resolvePlugins([{ name: "retry" }, { name: "cache", priority: -10 }]);
 * console.log(outer?.name, inner?.name); // cache retry
 * ```
 */
export function resolvePlugins<Plugin extends PluginIdentity>(plugins: readonly Plugin[]): readonly Plugin[] {
  if (!Array.isArray(plugins)) throw new PipelineError("INVALID_PLUGINS", "plugins are given as an array");
  plugins.forEach(assertPlugin);
  const byName = new Map(plugins.map((plugin) => [plugin.name, plugin]));
  assertUnique(plugins, byName);
  assertDependencies(plugins, byName);
  return Object.freeze(plugins.toSorted((a, b) => priorityOf(a) - priorityOf(b)));
}

/** A plugin's priority, or the default. */
export function priorityOf(plugin: PluginIdentity): number {
  return plugin.priority ?? 0;
}

function assertPlugin(plugin: PluginIdentity, index: number): void {
  const where = `the plugin at index ${index}`;
  // It has a name as well, so nothing else would tell.
  if (typeof plugin === "function")
    throw new PipelineError("INVALID_PLUGIN", `${where} is a function: if it makes the plugin, call it`);
  if (typeof plugin?.name !== "string" || plugin.name === "")
    throw new PipelineError("INVALID_PLUGIN", `${where} has no name: give it a non-empty string`);
  const { name, priority, dependencies } = plugin;
  if (priority !== undefined && !(typeof priority === "number" && priority === priority))
    throw new PipelineError("INVALID_PLUGIN", `${where}, "${name}", has a priority that is no number`, [
      name,
    ]);
  if (
    dependencies !== undefined &&
    !(Array.isArray(dependencies) && dependencies.every((it) => typeof it === "string"))
  )
    throw new PipelineError(
      "INVALID_PLUGIN",
      `${where}, "${name}", has dependencies that are no array of names`,
      [name],
    );
}

function assertUnique(plugins: readonly PluginIdentity[], byName: ReadonlyMap<string, PluginIdentity>): void {
  const again = plugins.find((plugin) => byName.get(plugin.name) !== plugin);
  const repeated = again ?? plugins.find((plugin, index) => plugins.indexOf(plugin) !== index);
  if (repeated)
    throw new PipelineError(
      "DUPLICATE_PLUGIN",
      `two plugins are named "${repeated.name}": rename or remove one`,
      [repeated.name],
    );
}

function assertDependencies(
  plugins: readonly PluginIdentity[],
  byName: ReadonlyMap<string, PluginIdentity>,
): void {
  const missing = plugins.flatMap(({ name, dependencies = [] }) =>
    dependencies.filter((needed) => !byName.has(needed)).map((needed) => [name, needed] as const),
  );
  if (missing.length > 0) {
    const list = missing.map(([name, needed]) => `"${name}" needs "${needed}"`).join(", ");
    throw new PipelineError("MISSING_DEPENDENCY", `${list}: add what is needed to the list`, [
      ...new Set(missing.flat()),
    ]);
  }
  const cycle = findCycle(plugins, byName);
  if (cycle) {
    const path = cycle.map((name) => `"${name}"`).join(" needs ");
    throw new PipelineError(
      "CIRCULAR_DEPENDENCY",
      `${path}: remove one of these dependencies`,
      cycle.slice(0, -1),
    );
  }
}

/** The names along the first cycle, its first name repeated at the end. */
function findCycle(
  plugins: readonly PluginIdentity[],
  byName: ReadonlyMap<string, PluginIdentity>,
): string[] | undefined {
  const acyclic = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (acyclic.has(name)) return undefined;
    const start = path.indexOf(name);
    if (start >= 0) return [...path.slice(start), name];
    for (const needed of byName.get(name)?.dependencies ?? []) {
      const cycle = visit(needed, [...path, name]);
      if (cycle) return cycle;
    }
    acyclic.add(name);
    return undefined;
  };
  for (const { name } of plugins) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

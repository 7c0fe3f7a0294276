import type { Plugin, PluginClass } from "@x/server";
import type { Project } from "./open-project.ts";
import { permissiveEnvironment } from "./permissive-environment.ts";

/** What the configuration of a project is about. */
export interface PluginClasses {
  /** By the names of their entries. */
  readonly classes: Readonly<Record<string, PluginClass>>;
  /** The files of configuration, sorted. */
  readonly files: readonly string[];
}

/**
 * The classes of all plugins that some function uses or some configuration names.
 *
 * @throws ServerError what a function, a plugin or a configuration throws as it is loaded.
 */
export async function findPluginClasses({ app, root, server, stage }: Project): Promise<PluginClasses> {
  const classes: Record<string, PluginClass> = { ...server.builtInPlugins };
  // Which plugins there are is the same on every machine.
  const config = new server.ProjectConfig({ root, stage, env: permissiveEnvironment });
  for (const { paths, file } of await app.routes()) {
    const func = await app.load(paths[0]!);
    if (!func) continue;
    const resolved = await config.resolve(file, func.config);
    for (const plugin of func.plugins) {
      const Class = classOf(plugin);
      if (Class) classes[plugin.name] = Class;
    }
    const named = [...resolved.entries.values()].filter(
      ({ name }) => !func.plugins.some((own) => own.name === name),
    );
    const options = { builtIn: server.builtInPlugins, root, secrets: resolved.secrets() };
    const enabled = named.filter((entry) => entry.enabled);
    for (const { entry, Class } of await server.loadPluginClasses(enabled, options))
      classes[entry.name] = Class;
  }
  return { classes, files: config.files.toSorted() };
}

/** The class of an instance. A plugin that is a plain object has none. */
function classOf(plugin: Plugin): PluginClass | undefined {
  const { constructor } = plugin;
  // Whatever made the plugin is asked for its static fields and nothing else.
  return constructor === Object ? undefined : (constructor as unknown as PluginClass);
}

import type { PluginAccess } from "../request/context-types.ts";
import { ClientError } from "../errors.ts";
import type { AnyPlugin } from "./plugin.ts";

/** Builds internal APIs of plugins for one context: each at most once, when it is first asked for. */
export function createPluginAccess(
  pluginsByName: ReadonlyMap<string, AnyPlugin>,
  context: object,
): PluginAccess {
  const apis = new Map<string, object>();
  const building = new Set<string>();

  function get(name: string): object | undefined {
    const built = apis.get(name);
    if (built) return built;
    const plugin = pluginsByName.get(name);
    if (!plugin?.internal) return undefined;
    // Two plugins may look each other up while their APIs are made: the one in the making gets a stand-in.
    if (building.has(name)) return standIn(name, apis);
    building.add(name);
    try {
      const api = plugin.internal(context as never);
      apis.set(name, api);
      return api;
    } finally {
      building.delete(name);
    }
  }
  return { get } as PluginAccess;
}

/** Passes everything on to an API that is complete by the time it is used. */
function standIn(name: string, apis: ReadonlyMap<string, object>): object {
  const complete = () => {
    const api = apis.get(name);
    if (api) return api;
    throw new ClientError(
      "CIRCULAR_INTERNAL",
      `the internal API of "${name}" is used while it is made: use it later`,
      { plugin: name },
    );
  };
  return new Proxy(
    {},
    {
      get(_, property) {
        const api = complete();
        const value: unknown = Reflect.get(api, property);
        // Called on the stand-in, a method could not reach its object's private fields.
        return typeof value === "function" ? value.bind(api) : value;
      },
      has: (_, property) => Reflect.has(complete(), property),
      set: (_, property, value) => Reflect.set(complete(), property, value),
    },
  );
}

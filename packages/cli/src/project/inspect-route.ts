import type { Plugin } from "@x/server";
import type { AppFunc, ResolvedConfig, RouteInfo } from "@x/server/tooling";
import type { Place } from "../output/place.ts";
import type { Project } from "./open-project.ts";

/** Where a plugin comes from. */
export type Provenance = "code" | "file" | "package" | "built in";

/** One plugin of a chain. */
export interface ChainLink {
  readonly name: string;
  readonly type: string;
  readonly from: Provenance;
  /** Where it is registered: in configuration its `type`, in code the API's file. */
  readonly at?: Place | undefined;
  readonly hooks: readonly string[];
}

/** A route with all that can be known of it before it is mounted. */
export interface InspectedRoute extends Pick<RouteInfo, "path" | "paths" | "file"> {
  readonly methods: readonly string[];
  /** Outermost first. */
  readonly chain: readonly ChainLink[];
  readonly config?: ResolvedConfig | undefined;
  /** Why it could not be loaded or configured. */
  readonly failure?: unknown;
}

const HOOKS = ["applyConfig", "onMount", "onInvoke", "onClose"] as const;

/** Inspects every route, one after the other: what modules do as they are loaded may count on an order. */
export async function inspectRoutes(project: Project): Promise<readonly InspectedRoute[]> {
  const inspected: InspectedRoute[] = [];
  for (const route of await project.app.routes()) inspected.push(await inspectRoute(route, project));
  return inspected;
}

/** Loads a route's function and makes its plugins as a mount would, but runs no hook of theirs. */
export async function inspectRoute(
  { path, paths, file }: RouteInfo,
  { app, root, server, config: projectConfig }: Project,
): Promise<InspectedRoute> {
  const route = { path, paths, file };
  try {
    const func = await app.load(paths[0]!);
    if (!func) throw new Error(`nothing answers ${path}`);
    const methods = func.methods ?? ["POST"];
    const config = await projectConfig.resolve(file, func.config);
    const builtIn = server.builtInPlugins;
    const prepared = await server.preparePlugins({ config, plugins: func.plugins, builtIn, root });
    // As the app completes them: whatever it serves is behind HTTP.
    const plugins = server.withHttp(prepared, func.plugins);
    return { ...route, methods, chain: toChain(plugins, func, config, { server, file }), config };
  } catch (failure) {
    return { ...route, methods: [], chain: [], failure };
  }
}

function toChain(
  plugins: readonly Plugin[],
  func: AppFunc,
  config: ResolvedConfig,
  { server, file }: { readonly server: Project["server"]; readonly file: string | undefined },
): ChainLink[] {
  return plugins.map((plugin): ChainLink => {
    const { name, type } = plugin;
    const hooks = HOOKS.filter((hook) => plugin[hook] !== undefined);
    if (func.plugins.some((own) => own.name === name))
      return { name, type, from: "code", at: { file }, hooks };
    const entry = config.entries.get(name);
    const at = entry && server.originOf(entry.node, "type");
    const written = entry?.type ?? name;
    if (Object.hasOwn(server.builtInPlugins, written)) return { name, type, from: "built in", at, hooks };
    return { name, type, from: server.parsePluginType(written)?.kind ?? "package", at, hooks };
  });
}

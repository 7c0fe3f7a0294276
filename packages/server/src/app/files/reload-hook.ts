import * as modules from "node:module";
import { type ModuleGraph, withoutVersion } from "./module-graph.ts";

/** Takes the hook away again. */
export type RemoveHook = () => void;

const ignore = () => {};

/**
 * Watches the imports of this process, so that modules under `rootUrl` are loaded in the version that the graph says.
 * Packages and CommonJS modules stay as they are.
 *
 * A runtime without such hooks loads afresh only what the app itself imports, the API files.
 */
export function addReloadHook(rootUrl: string, graph: ModuleGraph): RemoveHook {
  // Newer than the oldest Node that this runs on, and not in every other runtime.
  if (typeof modules.registerHooks !== "function") return ignore;
  const hooks = modules.registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const url = withoutVersion(resolved.url);
      if (!url.startsWith(rootUrl) || url.includes("/node_modules/") || url.includes("?")) return resolved;
      if (context.conditions.includes("require") || resolved.format?.startsWith("commonjs")) return resolved;
      graph.record(url, withoutVersion(context.parentURL ?? ""));
      return { ...resolved, url: graph.toVersionedUrl(url) };
    },
  });
  return () => hooks.deregister();
}

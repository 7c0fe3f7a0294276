import type { PluginClass } from "../types.ts";
import { HttpPlugin } from "./http-plugin.ts";

/** Plugins whose entries in `faas.yaml` need no `type`. */
export const builtInPlugins: Readonly<Record<string, PluginClass>> = { http: HttpPlugin };

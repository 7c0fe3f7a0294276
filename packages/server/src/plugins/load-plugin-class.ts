import { dirname } from "node:path";
import { didYouMean } from "../config/closest-name.ts";
import { originOf, type ResolvedEntry } from "../config/resolve-entries.ts";
import type { PluginClass } from "../types.ts";
import { toClassNames } from "./class-names.ts";
import { locateFile, type Location } from "./locate-file.ts";
import { locatePackage } from "./locate-package.ts";
import { pickClass } from "./pick-class.ts";
import { type Culprit, pluginFailure } from "./plugin-failure.ts";
import { parsePluginType, type PluginSource, TYPE_FORMS } from "./plugin-type.ts";

/** Where plugins are looked for. */
export interface LoadOptions {
  readonly builtIn: Readonly<Record<string, PluginClass>>;
  /** The app's folder: packages are resolved from it, and so are paths that code names. */
  readonly root: string;
  /** Texts that no error may hold. */
  readonly secrets: readonly string[];
}

/**
 * Loads the class that an entry's type stands for.
 *
 * @throws ServerError `UNKNOWN_PLUGIN_TYPE` for a type that is written in none of the ways, `PLUGIN_NOT_FOUND` for a
 * file or package that is not there, `PLUGIN_LOAD_FAILED` for a module that throws, `INVALID_PLUGIN_MODULE` for one
 * without a class.
 */
export async function loadPluginClass(
  entry: ResolvedEntry,
  type: string,
  { builtIn, root, secrets }: LoadOptions,
): Promise<PluginClass> {
  if (Object.hasOwn(builtIn, type)) return builtIn[type]!;
  const at = originOf(entry.node, "type");
  const culprit: Culprit = { name: entry.name, at, secrets, hidden: [] };
  const source = parsePluginType(type);
  if (!source)
    throw pluginFailure(
      "UNKNOWN_PLUGIN_TYPE",
      culprit,
      `has the type "${type}", which is none of: ${TYPE_FORMS}.${didYouMean(type, Object.keys(builtIn))}`,
    );
  const location = await locate(source, at.file === undefined ? root : dirname(at.file), root);
  if (location.kind === "missing") {
    const hint = location.hint + (source.kind === "package" ? hintFor(type, builtIn) : "");
    const tried = location.tried.map((it) => `\n  ${it}`).join("");
    throw pluginFailure("PLUGIN_NOT_FOUND", culprit, `was not found as "${type}".${hint} Tried:${tried}`);
  }
  if (location.kind === "broken")
    throw pluginFailure("PLUGIN_LOAD_FAILED", culprit, `cannot be resolved as "${type}"`, location);
  const module = await importModule(location.url, culprit);
  const found = pickClass(module, toClassNames(source));
  if (typeof found !== "string") return found;
  const message = `needs a class with onMount or onInvoke in ${location.url}: ${found}`;
  throw pluginFailure("INVALID_PLUGIN_MODULE", culprit, message);
}

function locate(source: PluginSource, folder: string, root: string): Promise<Location> {
  return source.kind === "file" ? locateFile(source.path, folder) : locatePackage(source.specifier, root);
}

async function importModule(url: string, culprit: Culprit): Promise<Readonly<Record<string, unknown>>> {
  try {
    // A module's namespace can be read by any name.
    return (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw pluginFailure("PLUGIN_LOAD_FAILED", culprit, `threw while ${url} was imported`, {
      cause,
    });
  }
}

function hintFor(type: string, builtIn: LoadOptions["builtIn"]): string {
  if (/\.[cm]?[jt]s$/.test(type)) return ` A file is written "./${type}".`;
  return didYouMean(type, Object.keys(builtIn));
}

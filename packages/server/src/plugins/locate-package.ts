import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isFile, type Location } from "./locate-file.ts";

/** Finds a package as the app would, wherever this one is installed. */
export async function locatePackage(specifier: string, root: string): Promise<Location> {
  // Node's own `import.meta.resolve` has no way to ask on behalf of another module.
  const { resolve } = await import("import-meta-resolve");
  const missing = (tried: string, hint: string): Location => ({ kind: "missing", tried: [tried], hint });
  try {
    const url = resolve(specifier, pathToFileURL(join(root, "app.js")).href);
    if (!url.startsWith("file:")) return { kind: "found", url };
    const path = fileURLToPath(url);
    return (await isFile(path)) ? { kind: "found", url } : missing(path, "");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND"))
      return { kind: "broken", cause };
    return missing(`the package ${specifier}, from ${root}`, " Add it to the app's dependencies.");
  }
}

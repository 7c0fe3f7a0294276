import { isAbsolute } from "node:path";
import { toOfficialPackage } from "./package-scope.ts";

/** What a plugin's `type` stands for. */
export type PluginSource =
  { readonly kind: "file"; readonly path: string } | { readonly kind: "package"; readonly specifier: string };

const BARE = /^[a-z0-9][a-z0-9._-]*$/i;
const SCOPED = /^@[a-z0-9][a-z0-9._-]*\/[^/]/i;

/** The ways to write a type, for error messages. */
export const TYPE_FORMS =
  'a file relative to the configuration that names it ("file://./plugins/auth.ts", "./plugins/auth.ts"), ' +
  'a package ("@acme/auth", "npm:auth"), or the short name of an official plugin ("auth")';

/** Reads a plugin's `type`, or gives `undefined` where it is written in none of the ways. */
export function parsePluginType(type: string): PluginSource | undefined {
  if (type.startsWith("npm:")) {
    const specifier = type.slice("npm:".length);
    return BARE.test(specifier.split("/")[0]!) || SCOPED.test(specifier)
      ? { kind: "package", specifier }
      : undefined;
  }
  if (SCOPED.test(type)) return { kind: "package", specifier: type };
  if (BARE.test(type)) return { kind: "package", specifier: toOfficialPackage(type) };
  const path = type.replace(/^file:(\/\/)?/, "");
  if (/^\.\.?[/\\]/.test(path) || isAbsolute(path)) return { kind: "file", path };
  // On Windows an absolute URL has a slash before the drive.
  if (/^\/[a-z]:/i.test(path)) return { kind: "file", path: path.slice(1) };
  return undefined;
}

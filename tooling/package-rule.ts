import { basename, dirname, join } from "node:path";
import type { Manifest } from "./workspace.ts";

/** A convention of a package.json, or of the files beside it. */
export interface Rule {
  readonly id: string;
  /** What is wrong where the rule does not hold, in one line. */
  readonly reason: string;
  readonly holds: (manifest: Manifest, directory: string) => boolean;
}

/** The npm scope of published packages. */
export const SCOPE = "@x/";

/** What stands before a plugin's name in the name of its package. */
const PLUGIN_PREFIX: Readonly<Record<string, string>> = {
  "client-plugins": "client-",
  "server-plugins": "server-",
};

/** Which part a package plays: its folder under packages/, for a plugin the folder of plugins of its kind. */
export function kindOf(directory: string): string {
  const parent = basename(dirname(directory));
  return parent in PLUGIN_PREFIX ? parent : basename(directory);
}

/** The name of a published package in this folder, or `undefined` where none belongs. */
export function nameFor(directory: string): string | undefined {
  const parent = basename(dirname(directory));
  const prefix = parent === "packages" ? "" : PLUGIN_PREFIX[parent];
  return prefix === undefined ? undefined : SCOPE + prefix + basename(directory);
}

/** The root of the repository, seen from a published package's folder. */
export function rootOf(directory: string): string {
  return join(directory, basename(dirname(directory)) in PLUGIN_PREFIX ? "../../.." : "../..");
}

/** The fields of an object in a manifest; none when it is missing or something else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

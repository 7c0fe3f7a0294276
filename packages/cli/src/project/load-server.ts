import { realpathSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as ServerTooling from "@x/server/tooling";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";

/** The package that serves projects. */
export const SERVER_PACKAGE = "@x/server";

/** What the server offers tools. */
export type Tooling = typeof ServerTooling;

/**
 * Loads the project's own copy of the server, wherever this command line is installed: plugins and app must meet in
 * one copy, or they would not know each other's classes.
 *
 * @throws CliError `SERVER_NOT_FOUND`, or `SERVER_TOO_OLD` for a copy without an entry for tools.
 */
export async function loadServer(root: string): Promise<Tooling> {
  const path = resolveTooling(root);
  // The path was found by that very name.
  return (await import(pathToFileURL(path).href)) as Tooling;
}

/** The folder of the project's copy of the server, without links. */
export function locateServer(root: string): string {
  return realpathSync(dirname(findManifest(root)));
}

/** As an import in the project would find it: what `NODE_PATH` adds for commands alone does not count. */
function resolveTooling(root: string): string {
  const manifest = findManifest(root);
  try {
    // A package may name itself, and its own `exports` say what that is.
    return createRequire(manifest).resolve(`${SERVER_PACKAGE}/tooling`);
  } catch (cause) {
    throw new CliError(
      "SERVER_TOO_OLD",
      `the project's ${SERVER_PACKAGE} has no entry for tools: npm install ${SERVER_PACKAGE}@latest`,
      { cause },
    );
  }
}

function findManifest(root: string): string {
  try {
    const manifest = findPackageJSON(SERVER_PACKAGE, pathToFileURL(join(root, "app.js")));
    if (manifest !== undefined) return manifest;
  } catch {
    // It throws when there is no such package.
  }
  throw new CliError(
    "SERVER_NOT_FOUND",
    `${SERVER_PACKAGE} is not found from ${toShownPath(root)}: npm install ${SERVER_PACKAGE}, or name the project's folder by --root`,
  );
}

import { join, relative, resolve } from "node:path";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";
import { findMonorepo } from "./find-monorepo.ts";
import { coreOf, type PluginKind } from "./plugin-kind.ts";
import { type PluginNames, toPluginNames } from "./plugin-names.ts";
import { clientSources } from "./templates/client-sources.ts";
import { toManifest } from "./templates/manifest.ts";
import { officialFiles } from "./templates/official-files.ts";
import { ownFiles } from "./templates/own-files.ts";
import { toReadme } from "./templates/readme.ts";
import { serverSources } from "./templates/server-sources.ts";

/** A package that is to be written. */
export interface PackagePlan {
  readonly kind: PluginKind;
  readonly names: PluginNames;
  /** Absolute path. */
  readonly folder: string;
  /** Absolute paths and what goes there. Some files of an official plugin lie elsewhere. */
  readonly files: ReadonlyMap<string, string>;
  /** What its author does next: commands, and what only a person can say. */
  readonly next: readonly string[];
}

/**
 * Plans the package of a new plugin: a plain word goes into the monorepo that the working directory is in, and
 * `vendor:word` into a folder of its own.
 *
 * @throws CliError `INVALID_USAGE` for a name that is none, or that does not belong where it would go.
 */
export function planPackage(kind: PluginKind, name: string, out: string | undefined): PackagePlan {
  const names = toPluginNames(kind, name);
  return names.vendor === undefined ? planOfficial(kind, names, out) : planOwn(kind, names, out);
}

function planOfficial(kind: PluginKind, names: PluginNames, out: string | undefined): PackagePlan {
  const root = findMonorepo(process.cwd());
  if (root === undefined)
    throw new CliError(
      "INVALID_USAGE",
      `"${names.plugin}" is the name of an official plugin, and this is not their monorepo: put your own before it, as in acme:${names.word}`,
    );
  if (out !== undefined)
    throw new CliError("INVALID_USAGE", "an official plugin has its place in the monorepo: leave --out away");
  const folder = join(root, `packages/${coreOf(kind)}-plugins`, names.word);
  const elsewhere = Object.entries(officialFiles(kind, names)).map(
    ([path, text]) => [join(root, path), text] as const,
  );
  return {
    kind,
    names,
    folder,
    files: new Map([...ofPackage(kind, names, folder), ...elsewhere]),
    next: [
      "pnpm install && pnpm --workspace-root format",
      `pnpm --dir ${relative(process.cwd(), folder)} test`,
      `name ${names.package} in the devDependencies of tests/package.json, and in the table of README.md`,
    ],
  };
}

function planOwn(kind: PluginKind, names: PluginNames, out: string = names.folder): PackagePlan {
  const folder = resolve(out);
  if (findMonorepo(folder) !== undefined)
    throw new CliError(
      "INVALID_USAGE",
      `${toShownPath(folder)} is in the monorepo of the official plugins, which have plain words as names: name a folder elsewhere by --out`,
    );
  const files = [
    ...ofPackage(kind, names, folder),
    ...Object.entries(ownFiles(kind, names)).map(([path, text]) => [join(folder, path), text] as const),
  ];
  return {
    kind,
    names,
    folder,
    files: new Map(files),
    next: [`cd ${toShownPath(folder)}`, "npm install", "npm run build", "npm test"],
  };
}

/** What both have inside of their folder. */
function ofPackage(kind: PluginKind, names: PluginNames, folder: string): (readonly [string, string])[] {
  const sources = kind === "client-plugin" ? clientSources(names) : serverSources(names);
  const files = {
    "package.json": toManifest(kind, names),
    "README.md": toReadme(kind, names),
    ...sources,
  };
  return Object.entries(files).map(([path, text]) => [join(folder, path), text]);
}

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { PackageManifest } from "./public-packages.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { runCommand } from "./run-command.ts";

/** A package manager to install with. */
export type Client = "npm" | "pnpm";

const INSTALL: Readonly<Record<Client, readonly string[]>> = {
  npm: ["npm", "install"],
  // In CI pnpm refuses to write the lockfile that a fresh folder does not have.
  pnpm: ["pnpm", "install", "--no-frozen-lockfile"],
};

/** Installs `dependencies` into a new folder, `name`, and gives its path. */
export async function installInto(
  rehearsal: Rehearsal,
  client: Client,
  name: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<string> {
  const directory = join(rehearsal.folder, "consumers", client, name);
  mkdirSync(directory, { recursive: true });
  writeJson(join(directory, "package.json"), { private: true, type: "module", dependencies });
  await runCommand(rehearsal, directory, ...INSTALL[client]);
  return directory;
}

/** Puts a program beside what is installed, and gives its path. */
export function addProgram(directory: string, program: string): string {
  const copy = join(directory, basename(program));
  cpSync(program, copy);
  return copy;
}

/**
 * The package in exactly this version, and the peers that its user has to bring: those of this release in the
 * version that goes with it, others by the range that the package asks for.
 */
export function toDependencies(
  manifest: PackageManifest,
  released: readonly PackageManifest[],
): Record<string, string> {
  const isOptional = (peer: string) => manifest.peerDependenciesMeta?.[peer]?.optional === true;
  const peers = Object.entries(manifest.peerDependencies ?? {})
    // Types are optional for those who check none. The consumer is checked.
    .filter(([peer]) => !isOptional(peer) || peer.startsWith("@types/"))
    .map(([peer, range]) => [peer, released.find(({ name }) => name === peer)?.version ?? range]);
  return { ...Object.fromEntries(peers), [manifest.name]: manifest.version };
}

/** Runs a program as plain Node runs it, types stripped, and gives what it printed. */
export async function runProgram(rehearsal: Rehearsal, program: string): Promise<string> {
  return runCommand(rehearsal, dirname(program), process.execPath, program);
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value, null, 2));
}

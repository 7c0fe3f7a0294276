import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { FIXTURE_PREFIX } from "./fixture-workspace.ts";
import { listPublicPackages } from "./public-packages.ts";
import { COMMANDS_FOLDER } from "./rehearsal.ts";
import { startRegistry } from "./registry.ts";
import { readWorkingTreeStatus } from "./working-tree.ts";

/** Makes the temporary folder and starts the registry. What it returns ends both. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const statusBefore = readWorkingTreeStatus();
  const localPackages = [...listPublicPackages().map(({ name }) => name), `${FIXTURE_PREFIX}*`];
  // The real path, since Node and TypeScript tell modules apart by it and a temporary folder may be a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "release-rehearsal-")));
  mkdirSync(join(folder, COMMANDS_FOLDER));
  const registry = await startRegistry(folder, localPackages);
  project.provide("rehearsal", { folder, registryUrl: registry.url, statusBefore });
  return registry.stop;
}

import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { addChangeset, type Bump, publishQuickly, versionPackages } from "./changesets.ts";
import { installInto } from "./consumer-project.ts";
import { createFixtureWorkspace, type FixtureVersions, type FixtureWorkspace } from "./fixture-workspace.ts";
import { findNarrowedPeers } from "./narrowed-peers.ts";
import { readPackageManifest } from "./public-packages.ts";

const rehearsal = inject("rehearsal");
const early: FixtureVersions = { core: "0.1.0", plugin: "0.1.0", peerRange: ">=0.1.0 <1" };
const stable: FixtureVersions = { core: "1.0.0", plugin: "1.0.0", peerRange: ">=1.0.0 <2" };

/** Releases what the bumps ask for, up to but without publishing it. */
async function release({ root }: FixtureWorkspace, bumps: Readonly<Record<string, Bump>>): Promise<void> {
  addChangeset(root, bumps);
  await versionPackages(rehearsal, root);
}

function readVersions({ core, readManifests }: FixtureWorkspace): FixtureVersions {
  const [coreManifest, pluginManifest] = readManifests();
  const peerRange = pluginManifest.peerDependencies?.[core] ?? "none";
  return { core: coreManifest.version, plugin: pluginManifest.version, peerRange };
}

/** Installs both with npm, which refuses a peer range that is not met (`ERESOLVE`), and gives what it installed. */
async function installTogether(
  { core, plugin }: FixtureWorkspace,
  ranges: Pick<FixtureVersions, "core" | "plugin">,
): Promise<Pick<FixtureVersions, "core" | "plugin">> {
  const dependencies = { [core]: ranges.core, [plugin]: ranges.plugin };
  const directory = await installInto(rehearsal, "npm", `${plugin}-${ranges.plugin}`, dependencies);
  const installed = (name: string) => readPackageManifest(join(directory, "node_modules", name)).version;
  return { core: installed(core), plugin: installed(plugin) };
}

describe.concurrent("a release that keeps to the plugin's peer range leaves the plugin alone", () => {
  test.each([
    { bump: "patch", before: early, core: "0.1.1" },
    { bump: "minor", before: early, core: "0.2.0" },
    { bump: "patch", before: stable, core: "1.0.1" },
    { bump: "minor", before: stable, core: "1.1.0" },
  ] as const)("a $bump of core $before.core to $core", async ({ bump, before, core }) => {
    const workspace = await createFixtureWorkspace(rehearsal, `${bump}-to-${core}`, before);
    await release(workspace, { [workspace.core]: bump });
    expect(readVersions(workspace)).toEqual({ ...before, core });
    await publishQuickly(rehearsal, workspace.root);
    const pair = { core, plugin: before.plugin };
    expect(await installTogether(workspace, pair)).toEqual(pair);
  });
});

describe.concurrent("a major of core, out of the plugin's peer range", () => {
  test.each([
    { before: early, bump: "minor", after: { core: "1.0.0", plugin: "0.2.0", peerRange: ">=1.0.0 <2.0.0" } },
    { before: stable, bump: "major", after: { core: "2.0.0", plugin: "2.0.0", peerRange: ">=2.0.0 <3.0.0" } },
  ] as const)(
    "with a $bump of plugin $before.plugin moves its range, and the old pair still installs by caret ranges",
    async ({ before, bump, after }) => {
      const workspace = await createFixtureWorkspace(rehearsal, `breaking-${after.core}`, before);
      const { root, core, plugin } = workspace;
      const manifestsBefore = workspace.readManifests();
      await publishQuickly(rehearsal, root);
      await release(workspace, { [core]: "major", [plugin]: bump });
      expect(readVersions(workspace)).toEqual(after);
      expect(findNarrowedPeers(manifestsBefore, workspace.readManifests())).toEqual([]);
      await publishQuickly(rehearsal, root);
      const pair = { core: after.core, plugin: after.plugin };
      expect(await installTogether(workspace, pair)).toEqual(pair);
      const oldRanges = { core: `^${before.core}`, plugin: `^${before.plugin}` };
      expect(await installTogether(workspace, oldRanges)).toEqual({
        core: before.core,
        plugin: before.plugin,
      });
    },
  );

  test("bumps a plugin that the changeset forgot, and the rehearsal asks for more than that patch", async () => {
    const workspace = await createFixtureWorkspace(rehearsal, "forgotten", early);
    const manifestsBefore = workspace.readManifests();
    await release(workspace, { [workspace.core]: "major" });
    expect(readVersions(workspace)).toEqual({ core: "1.0.0", plugin: "0.1.1", peerRange: ">=1.0.0 <2.0.0" });
    expect(findNarrowedPeers(manifestsBefore, workspace.readManifests())).toEqual([
      expect.stringContaining("name it in the changeset too, as minor"),
    ]);
  });
});

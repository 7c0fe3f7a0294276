import semver from "semver";
import type { PackageManifest } from "./public-packages.ts";

/**
 * Finds packages whose release accepts less of a peer than the one before, without being a breaking release itself.
 * changesets moves a peer range with a mere patch; an application that stays on the old peer would get that patch
 * from its caret range and could not be installed any more.
 *
 * @returns One sentence for each, which says how to mend it. None when all is well.
 */
export function findNarrowedPeers(
  before: readonly PackageManifest[],
  after: readonly PackageManifest[],
): string[] {
  return before.flatMap((old) => {
    const released = after.find(({ name }) => name === old.name);
    if (!released || isBreaking(old.version, released.version)) return [];
    return Object.entries(old.peerDependencies ?? {})
      .map(([peer, range]) => ({ peer, range, now: released.peerDependencies?.[peer] ?? "*" }))
      .filter(({ range, now }) => !semver.subset(range, now))
      .map(
        ({ peer, range, now }) =>
          `${old.name} goes from ${old.version} to ${released.version} while its peer range for ${peer} goes ` +
          `from "${range}" to "${now}": name it in the changeset too, as ${breakingBump(old.version)}`,
      );
  });
}

function isBreaking(before: string, after: string): boolean {
  return !semver.satisfies(after, `^${before}`);
}

function breakingBump(version: string): string {
  return semver.major(version) === 0 ? "minor" : "major";
}

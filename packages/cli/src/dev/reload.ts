import type { RouteInfo } from "@x/server/tooling";
import type { Project } from "../project/open-project.ts";

/** What a change on disk did to the routes. */
export interface Reloaded {
  /** Loaded and mounted afresh, or at least tried. */
  readonly changed: readonly RouteInfo[];
  readonly added: readonly RouteInfo[];
  readonly removed: readonly RouteInfo[];
  /** What went wrong. The rest is served all the same. */
  readonly failure?: unknown;
}

/** Takes in changed files, mounts what they concern, and tells what that was. It never rejects. */
export async function reload({ app }: Project, files: readonly string[]): Promise<Reloaded> {
  const before = await app.routes().catch(() => []);
  try {
    await app.reload(files);
    const after = await app.routes();
    // What nothing has changed for is still mounted.
    const fresh = new Set(after.filter(({ state }) => state !== "mounted").map(keyOf));
    const known = new Set(before.map(keyOf));
    const failure = await app.mount().then(
      () => undefined,
      (error: unknown) => error,
    );
    const now = await app.routes();
    const names = new Set(now.map(keyOf));
    return {
      changed: now.filter((route) => known.has(keyOf(route)) && fresh.has(keyOf(route))),
      added: now.filter((route) => !known.has(keyOf(route))),
      removed: before.filter((route) => !names.has(keyOf(route))),
      failure,
    };
  } catch (failure) {
    return { changed: [], added: [], removed: [], failure };
  }
}

function keyOf({ file, path }: RouteInfo): string {
  return file ?? path;
}

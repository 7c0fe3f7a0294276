import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readVersion } from "../version.ts";
import type { ContractRoute } from "./contract-routes.ts";
import type { RouteTypes } from "./read-route.ts";
import type { SourceSnapshot } from "./source-snapshot.ts";

/** What is known of a route, for as long as none of its files changes. */
export interface KnownRoute extends ContractRoute, RouteTypes {
  /** What it depends on; `undefined` for what is to be checked again in any case. */
  readonly files: readonly string[] | undefined;
}

/** What was known at one time. */
interface Knowledge {
  readonly version: string;
  /** What all routes depend on. */
  readonly shared: readonly string[];
  readonly ambient: readonly string[];
  readonly config: string | undefined;
  readonly hashes: Readonly<Record<string, string>>;
  readonly routes: readonly KnownRoute[];
}

/** Of the name of a cache. A root has a contract of its own, and a project may have several. */
const NAME_LENGTH = 12;

/**
 * Remembers the types of routes by the texts of all files that they depend on, also from one process to the next. What
 * it says is as good as another look; where nothing can be kept, there is that other look.
 */
export class ContractCache {
  readonly #file: string;
  #knowledge: Knowledge | undefined;

  /** `folder` is the project's; what is known about it is kept with what it has installed. */
  constructor(folder: string, contractFile: string) {
    const name = createHash("sha1").update(contractFile).digest("hex").slice(0, NAME_LENGTH);
    this.#file = join(folder, "node_modules/.cache/x", `types-${name}.json`);
    this.#knowledge = read(this.#file);
  }

  /** The routes that are as they were. */
  find(routes: readonly ContractRoute[], snapshot: SourceSnapshot): KnownRoute[] {
    if (!this.#knowledge) return [];
    const { shared, ambient, config, hashes, routes: known } = this.#knowledge;
    const isSame = (file: string) => hashes[file] !== undefined && hashes[file] === snapshot.hashOf(file);
    if (config !== snapshot.config || ambient.join() !== snapshot.ambient.join()) return [];
    if (!shared.every(isSame)) return [];
    const byPath = new Map(known.map((route) => [route.path, route]));
    return routes.flatMap(({ path, file }) => {
      const route = byPath.get(path);
      return route?.file === file && route.files?.every(isSame) ? [route] : [];
    });
  }

  /** Keeps what is known now, and what that depends on. */
  keep(routes: readonly KnownRoute[], shared: readonly string[], snapshot: SourceSnapshot): void {
    const files = new Set([...shared, ...routes.flatMap(({ files: own = [] }) => own)]);
    const hashes: Record<string, string> = {};
    for (const file of files) {
      const hash = snapshot.hashOf(file);
      if (hash !== undefined) hashes[file] = hash;
    }
    const { ambient, config } = snapshot;
    this.#knowledge = { version: readVersion(), shared, ambient, config, hashes, routes };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, JSON.stringify(this.#knowledge));
    } catch {
      // A folder that cannot be written costs the next process a look of its own.
    }
  }
}

function read(file: string): Knowledge | undefined {
  try {
    // What stands there was written by `keep`, of this version or another.
    const knowledge = JSON.parse(readFileSync(file, "utf8")) as Knowledge;
    return knowledge.version === readVersion() ? knowledge : undefined;
  } catch {
    return undefined;
  }
}

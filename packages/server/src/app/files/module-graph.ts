/**
 * The version that is used next. It counts for the whole process, as loaded modules are the whole process's: an app
 * never gets the functions of another one that has the same root.
 */
let nextVersion = 0;

/** Which module imports which, and which version of each is to be loaded next. Modules are known by their URLs. */
export class ModuleGraph {
  readonly #importers = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  /** What every module has at least. */
  #floor = nextVersion++;

  /** Whether some module has another URL than its own. */
  get isVersioned(): boolean {
    return this.#floor > 0 || this.#versions.size > 0;
  }

  record(url: string, importer: string): void {
    const importers = this.#importers.get(url);
    if (importers) importers.add(importer);
    else this.#importers.set(url, new Set([importer]));
  }

  /**
   * The URL by which the next import finds the module as it is now. The very first version has its plain URL, under
   * which the project's own imports find it too.
   */
  toVersionedUrl(url: string): string {
    const version = Math.max(this.#floor, this.#versions.get(url) ?? 0);
    return version === 0 ? url : `${url}?version=${version}`;
  }

  /** Has everything loaded afresh. */
  invalidateAll(): void {
    this.#floor = nextVersion++;
  }

  /**
   * Has these modules loaded afresh, and whatever imports them, however indirectly: it would still hold the old ones.
   *
   * @returns All of those.
   */
  invalidate(urls: Iterable<string>): ReadonlySet<string> {
    const affected = new Set(urls);
    const version = nextVersion++;
    for (const url of affected) {
      this.#versions.set(url, version);
      for (const importer of this.#importers.get(url) ?? []) affected.add(importer);
    }
    return affected;
  }

  importersOf(url: string): readonly string[] {
    return [...(this.#importers.get(url) ?? [])];
  }

  /** The modules of a file, or of the files in a folder. */
  modulesAt(url: string): string[] {
    return [...this.#importers.keys()].filter((it) => it === url || it.startsWith(`${url}/`));
  }

  /** What a module imports, however indirectly, itself included. */
  withImports(url: string): ReadonlySet<string> {
    const found = new Set([url]);
    for (const importer of found)
      for (const [module, importers] of this.#importers) if (importers.has(importer)) found.add(module);
    return found;
  }
}

/** The URL of a module whatever its version. */
export function withoutVersion(url: string): string {
  return url.replace(/\?version=\d+$/, "");
}

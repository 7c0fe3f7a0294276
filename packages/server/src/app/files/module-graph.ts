/** Which module imports which, and which version of each is to be loaded next. Modules are known by their URLs. */
export class ModuleGraph {
  readonly #importers = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  #latest = 0;
  /** What every module has at least. */
  #floor = 0;

  record(url: string, importer: string): void {
    const importers = this.#importers.get(url);
    if (importers) importers.add(importer);
    else this.#importers.set(url, new Set([importer]));
  }

  /** The URL by which the next import finds the module as it is now. The first version has its plain URL. */
  toVersionedUrl(url: string): string {
    const version = Math.max(this.#floor, this.#versions.get(url) ?? 0);
    return version === 0 ? url : `${url}?reload=${version}`;
  }

  /** Has everything loaded afresh. */
  invalidateAll(): void {
    this.#latest += 1;
    this.#floor = this.#latest;
  }

  /**
   * Has these modules loaded afresh, and whatever imports them, however indirectly: it would still hold the old ones.
   *
   * @returns All of those.
   */
  invalidate(urls: Iterable<string>): ReadonlySet<string> {
    const affected = new Set(urls);
    this.#latest += 1;
    for (const url of affected) {
      this.#versions.set(url, this.#latest);
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
  return url.replace(/\?reload=\d+$/, "");
}

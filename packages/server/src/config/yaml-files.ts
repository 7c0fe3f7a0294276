import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../errors.ts";
import { checkSections } from "./check-sections.ts";
import type { MapNode } from "./config-node.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readYamlText } from "./read-yaml-text.ts";

/** What configuration files are called. */
export const CONFIG_FILE = "faas.yaml";
const MISNAMED_FILE = "faas.yml";

/** A configuration file: the plugins of each section, and all that is wrong with it. */
export interface ConfigFile {
  readonly file: string;
  /** Whether its text could be had, whatever it says. */
  readonly readable: boolean;
  /** By the names of stages, and `defaults`. */
  readonly sections: ReadonlyMap<string, MapNode>;
  readonly faults: readonly Fault[];
}

/** Reads and parses each configuration file once, however many functions it is for. */
export class YamlFiles {
  readonly #files = new Map<string, Promise<ConfigFile | undefined>>();
  readonly #found = new Set<string>();

  /** The files that were found, in the order in which they were. */
  get found(): readonly string[] {
    return [...this.#found];
  }

  /** The configuration of a folder, or `undefined` where it has none. */
  load(folder: string): Promise<ConfigFile | undefined> {
    const file = join(folder, CONFIG_FILE);
    const known = this.#files.get(file);
    if (known) return known;
    const loading = this.#read(folder, file);
    this.#files.set(file, loading);
    const forget = () => {
      if (this.#files.get(file) === loading) this.#files.delete(file);
    };
    // Why it could not be read may pass, as when too many files are open.
    loading.then((loaded) => loaded && !loaded.readable && forget(), forget);
    return loading;
  }

  /** Forgets what a file said, or what all of them did. */
  invalidate(file?: string): void {
    if (file === undefined) this.#files.clear();
    else this.#files.delete(file);
  }

  async #read(folder: string, file: string): Promise<ConfigFile | undefined> {
    const [content, misnamed] = await Promise.all([readYamlText(file), findMisnamed(folder)]);
    if (content.kind === "none") this.#found.delete(file);
    else this.#found.add(file);
    if (content.kind === "none" && misnamed.length === 0) return undefined;
    const faults = [...misnamed];
    if (content.kind === "fault") faults.push(content.fault);
    if (content.kind !== "text")
      return { file, readable: content.kind === "none", sections: new Map(), faults };
    const { root, faults: parseFaults } = await parseYaml(content.text, file);
    faults.push(...parseFaults);
    const sections = root ? checkSections(root, faults) : new Map<string, MapNode>();
    return { file, readable: true, sections, faults };
  }
}

/** A file with the other usual ending would be ignored without a word. */
async function findMisnamed(folder: string): Promise<readonly Fault[]> {
  const file = join(folder, MISNAMED_FILE);
  const found = await lstat(file).then(
    () => true,
    () => false,
  );
  const message = `a file of this name is not read: rename it to ${CONFIG_FILE}`;
  return found ? [{ message, file, line: 1, column: 1, keyPath: [] }] : [];
}

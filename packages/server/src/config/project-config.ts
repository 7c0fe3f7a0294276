import { isAbsolute } from "node:path";
import { type Fault, ServerError } from "../errors.ts";
import type { FuncConfig } from "../types.ts";
import { checkSection, DEFAULTS } from "./check-sections.ts";
import { toCodeNode } from "./code-nodes.ts";
import { toConfigError } from "./config-error.ts";
import type { MapNode } from "./config-node.ts";
import { toFolderChain } from "./folder-chain.ts";
import { mergeMaps } from "./merge-nodes.ts";
import type { Environment, FilledValue } from "./node-value.ts";
import { ResolvedConfig } from "./resolved-config.ts";
import { resolveEntries } from "./resolve-entries.ts";
import { findStageFault } from "./stages.ts";
import { type ConfigFile, YamlFiles } from "./yaml-files.ts";

/** Where configuration comes from. */
export interface ProjectConfigOptions {
  /** The folder under which all configuration lies, as an absolute path. */
  readonly root: string;
  /** Whose sections count beside `defaults`. Default: `development`. */
  readonly stage?: string | undefined;
  /** The variables that `${NAME}` stands for, read anew for each function. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/** The layers of one folder, merged. */
interface Layers {
  readonly plugins: MapNode;
  readonly files: readonly ConfigFile[];
}

/**
 * Finds, reads and merges the `faas.yaml` files of one project. Each file is read and parsed once.
 *
 * Layers, the later over the earlier: for each folder from the root down to a function's own `defaults` and then the
 * stage, and over all of them what code says. Maps merge at any depth, arrays and everything else replace.
 */
export class ProjectConfig {
  readonly #root: string;
  readonly #stage: string;
  readonly #env: Environment;
  readonly #yamlFiles = new YamlFiles();
  #layers = new Map<string, Promise<Layers>>();

  /** @throws ServerError `INVALID_ROOT` when the root is no absolute path. */
  constructor({ root, stage = "development", env = process.env }: ProjectConfigOptions) {
    if (!isAbsolute(root)) throw new ServerError("INVALID_ROOT", `the root "${root}" is no absolute path`);
    this.#root = root;
    this.#stage = stage;
    this.#env = env;
  }

  /** The files of configuration that were read so far. */
  get files(): readonly string[] {
    return this.#yamlFiles.found;
  }

  /**
   * The configuration of a function in `file`, with what its code says over it. Without a file, the root's.
   *
   * @throws ServerError `INVALID_CONFIG` with every fault of every layer. A variable that is not set is one only where
   * its value counts: not in another stage, not where it is overridden, not in a plugin that is off.
   */
  async resolve(file: string | undefined, codeConfig: FuncConfig = {}): Promise<ResolvedConfig> {
    const folders = await toFolderChain(this.#root, file);
    if (!folders) throw toConfigError([{ message: `it lies outside the root ${this.#root}`, file }]);
    const { plugins, files } = await this.#layersOf(folders);
    const stageFault = findStageFault(this.#stage, this.#root, files);
    const faults = files.flatMap((it) => it.faults);
    return this.#resolve(plugins, codeConfig, stageFault ? [stageFault, ...faults] : faults);
  }

  /** What code alone says, for a function that belongs to no project. */
  resolveCode(codeConfig: FuncConfig): ResolvedConfig {
    return this.#resolve(NO_PLUGINS, codeConfig, []);
  }

  /** Forgets what a file said, or what all of them did. The next function reads it again. */
  invalidate(file?: string): void {
    this.#yamlFiles.invalidate(file);
    // What is being merged now ends up in the old map and is found by nobody.
    this.#layers = new Map();
  }

  #resolve(plugins: MapNode, codeConfig: FuncConfig, faults: Fault[]): ResolvedConfig {
    const code = checkSection(toCodeNode(codeConfig, faults), faults);
    const filled: FilledValue[] = [];
    const entries = resolveEntries(mergeMaps(plugins, code), { env: this.#env, faults, filled });
    if (faults.length > 0) throw toConfigError(faults);
    return new ResolvedConfig({ entries, filled });
  }

  #layersOf(folders: readonly string[]): Promise<Layers> {
    const folder = folders.at(-1)!;
    const layers = this.#layers;
    const known = layers.get(folder);
    if (known) return known;
    const merging = this.#merge(folders);
    layers.set(folder, merging);
    const forget = () => void layers.delete(folder);
    // A file that could not be read may be read for the next function.
    merging.then(({ files }) => files.some(({ faults }) => faults.length > 0) && forget(), forget);
    return merging;
  }

  async #merge(folders: readonly string[]): Promise<Layers> {
    const [folder, parents] = [folders.at(-1)!, folders.slice(0, -1)];
    const outer = parents.length > 0 ? await this.#layersOf(parents) : { plugins: NO_PLUGINS, files: [] };
    const file = await this.#yamlFiles.load(folder);
    if (!file) return outer;
    const sections = [file.sections.get(DEFAULTS), file.sections.get(this.#stage)];
    const plugins = sections.filter((section) => section !== undefined).reduce(mergeMaps, outer.plugins);
    return { plugins, files: [...outer.files, file] };
  }
}

const NOWHERE = { source: "default", keyPath: [] } as const;
const NO_PLUGINS: MapNode = { kind: "map", entries: new Map(), key: NOWHERE, at: NOWHERE, overrode: [] };

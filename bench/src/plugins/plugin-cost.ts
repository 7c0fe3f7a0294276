import type { PathBench } from "./path-bench.ts";

/** What there is to measure of one official plugin. */
export interface PluginCost {
  /** The plugin's name, which its package `@x/client-<name>` has, too. */
  readonly name: string;
  /** What a user imports of that package. */
  readonly imports: string;
  /** What it is there for happens in every run. */
  readonly work: PluginPath;
  /** Requests go through the plugin, or past it, and there is nothing for it to do. */
  readonly idle: PluginPath;
}

/** One way of requests through a client that has the plugin, and through one that is the same without it. */
export interface PluginPath {
  /** What one run is. */
  readonly what: string;
  open(bench: PathBench): OpenPath;
  /**
   * What must be found after a few runs without the plugin and with it. Left out, neither what is sent nor what is answered
   * may differ.
   */
  readonly difference?: { readonly without: unknown; readonly with: unknown };
}

/** A path that is ready to be measured. */
export interface OpenPath {
  run(id: number): unknown;
  /** What tells that the plugin did its work. For checks alone. */
  readonly find?: () => unknown;
}

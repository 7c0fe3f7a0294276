import type { FuncConfig, PluginConfigValues, PluginEntry } from "../types.ts";
import { explainEntry, type ExplainedValue, type GivenConfig } from "./explain-values.ts";
import { guard, hideWhenInspected, hideWhenPrinted } from "./guard.ts";
import { hiddenTexts } from "./hidden-texts.ts";
import type { FilledValue } from "./node-value.ts";
import { redact } from "./redact.ts";
import type { ResolvedEntry } from "./resolve-entries.ts";
import { isLongEnough } from "./scrub.ts";
import { Visibility } from "./visibility.ts";

/** What a configuration was resolved from. */
export interface ResolvedParts {
  readonly entries: ReadonlyMap<string, ResolvedEntry>;
  readonly filled: readonly FilledValue[];
}

/**
 * The configuration of one function. Code reads its values by their keys; printed, serialised or made into text, it
 * shows those that are declared public, and `[redacted]` for the rest.
 */
export class ResolvedConfig implements FuncConfig {
  /** By name. What is in it cannot be changed. */
  plugins: Readonly<Record<string, PluginEntry>>;
  /** As `plugins`, with the positions, in the order in which layers first name them. */
  readonly #entries: ReadonlyMap<string, ResolvedEntry>;
  readonly #visibility: Visibility;
  readonly #given = new Map<string, GivenConfig>();

  constructor({ entries, filled }: ResolvedParts) {
    this.#entries = entries;
    this.#visibility = new Visibility(filled);
    for (const entry of entries.values()) this.#visibility.declare(entry.name, entry.public);
    this.plugins = this.#toPlugins();
  }

  /** Every value with its place and what it overrode. Values that are not public are redacted. */
  explain(): readonly ExplainedValue[] {
    const { shows } = this.#visibility;
    return [...this.#entries.values()].flatMap((entry) =>
      explainEntry(entry, this.#given.get(entry.name), shows),
    );
  }

  /** All texts that environment variables gave and that are not public, for a logger to take out of its lines. */
  secrets(): readonly string[] {
    const texts = this.#visibility.secrets().flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
    return [...new Set(texts)].filter(isLongEnough);
  }

  /** For the loader: the entries with their positions. */
  get entries(): ReadonlyMap<string, ResolvedEntry> {
    return this.#entries;
  }

  /** For the loader: tells which values of a plugin its class declares public. */
  declarePublic(plugin: string, paths: Iterable<string>): void {
    this.#visibility.declare(plugin, paths);
  }

  /** For the loader: keeps what a plugin is given, and makes the copy that the plugin may change. */
  give(plugin: string, given: GivenConfig): PluginConfigValues | undefined {
    this.#given.set(plugin, given);
    this.plugins = this.#toPlugins();
    const options = { keyPath: ["plugins", plugin, "config"], shows: this.#visibility.shows };
    return guard(given.config, options);
  }

  /** For the loader: the texts in a part of a plugin's configuration that no error may hold. */
  hiddenTexts(plugin: string, value: unknown, path: readonly string[] = []): readonly string[] {
    return hiddenTexts(value, ["plugins", plugin, "config", ...path], this.#visibility.shows);
  }

  /** For the loader: redacts what `util.inspect` shows of an object that a plugin made of its configuration. */
  hideWhenInspected(plugin: string, value: unknown): void {
    hideWhenInspected(value, ["plugins", plugin, "config"], this.#visibility.shows);
  }

  toJSON(): unknown {
    return redact({ plugins: { ...this.plugins } }, [], this.#visibility.shows);
  }

  toString(): string {
    return JSON.stringify(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return this.toJSON();
  }

  #toPlugins(): Readonly<Record<string, PluginEntry>> {
    const { shows } = this.#visibility;
    // Plugins have any name: what is not configured must not be found, as `toString` would be.
    const plugins: Record<string, PluginEntry> = Object.create(null);
    for (const [name, entry] of this.#entries) {
      const fields = toFields(entry, this.#given.get(name));
      plugins[name] = guard(fields, { keyPath: ["plugins", name], shows, frozen: true });
    }
    hideWhenPrinted(plugins, ["plugins"], shows);
    return Object.freeze(plugins);
  }
}

/** The fields that some layer gives, and `config` where a schema makes one of nothing. */
function toFields(entry: ResolvedEntry, given: GivenConfig | undefined): PluginEntry {
  const { node, name: _, ...fields } = entry;
  const written = Object.entries(fields).filter(([key]) => node.entries.has(key));
  return { ...Object.fromEntries(written), ...(given?.config === undefined ? {} : { config: given.config }) };
}

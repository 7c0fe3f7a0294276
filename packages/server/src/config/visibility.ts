import type { FilledValue } from "./node-value.ts";
import type { Shows } from "./redact.ts";

/** Decides which values of a configuration may be shown. */
export class Visibility {
  readonly #filled: readonly FilledValue[];
  readonly #publicPaths = new Map<string, Set<string>>();

  constructor(filled: readonly FilledValue[]) {
    this.#filled = filled;
  }

  /** Declares key paths of a plugin's `config`, such as `cookie.secure`, public, and with them all that is under them. */
  declare(plugin: string, paths: Iterable<string>): void {
    const known = this.#publicPaths.get(plugin);
    this.#publicPaths.set(plugin, new Set([...(known ?? []), ...paths]));
  }

  readonly shows: Shows = (keyPath) => {
    const [, plugin = "", field, ...path] = keyPath;
    // How plugins are wired is no secret, unless a variable says it.
    if (field !== "config")
      return !this.#filled.some((value) => value.keyPath.join("\n") === keyPath.join("\n"));
    const known = this.#publicPaths.get(plugin);
    return path.some((_, index) => known?.has(path.slice(0, index + 1).join(".")));
  };

  /** The texts that variables gave and that are not public. */
  secrets(): readonly string[] {
    return this.#filled.flatMap(({ keyPath, texts }) => (this.shows(keyPath) ? [] : texts));
  }
}

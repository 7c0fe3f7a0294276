import { dirname } from "node:path";
import type { ProjectConfig, ProjectConfigOptions } from "../../config/project-config.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { FuncConfig } from "../../types.ts";
import { configuresPlugins } from "../environment.ts";

/** Reads configuration, and imports what reads it, only for functions that have any. */
export class ProjectConfigLoader {
  /** Folders with a configuration file, as the last scan has found them. */
  configured: ReadonlySet<string> = new Set();
  readonly #options: ProjectConfigOptions;
  #project: Promise<ProjectConfig> | undefined;

  constructor(options: ProjectConfigOptions) {
    this.#options = options;
  }

  /** `undefined` where neither a file nor code configures anything. */
  resolve(file: string, code: FuncConfig): Promise<ResolvedConfig> | undefined {
    if (!configuresPlugins(code) && !this.#isConfigured(dirname(file))) return undefined;
    this.#project ??= this.#open();
    return this.#project.then((project) => project.resolve(file, code));
  }

  /** Has the files read again. */
  invalidate(): void {
    this.#project = undefined;
  }

  async #open(): Promise<ProjectConfig> {
    const { ProjectConfig } = await import("../../config/project-config.ts");
    return new ProjectConfig(this.#options);
  }

  #isConfigured(folder: string): boolean {
    if (this.configured.has(folder)) return true;
    return folder.length > this.#options.root.length && this.#isConfigured(dirname(folder));
  }
}

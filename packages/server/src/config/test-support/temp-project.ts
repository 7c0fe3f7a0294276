import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { onTestFinished } from "vitest";
import { type Fault, isServerError, type ServerError } from "../../errors.ts";
import type { FuncConfig } from "../../types.ts";
import type { Environment } from "../node-value.ts";
import { ProjectConfig } from "../project-config.ts";
import type { ResolvedConfig } from "../resolved-config.ts";

/** A project in a folder of its own, removed when the test is over. */
export class TempProject {
  readonly root: string;
  #config: ProjectConfig | undefined;

  constructor(root: string) {
    this.root = root;
  }

  path(name: string): string {
    return join(this.root, name);
  }

  async write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(this.path(name)), { recursive: true });
      await writeFile(this.path(name), content);
    }
  }

  /** The same for all calls until it is asked for with other options. */
  configure(options: { stage?: string; env?: Environment } = {}): ProjectConfig {
    this.#config = new ProjectConfig({ root: this.root, env: {}, ...options });
    return this.#config;
  }

  resolve(name?: string, code?: FuncConfig): Promise<ResolvedConfig> {
    const config = this.#config ?? this.configure();
    return config.resolve(name === undefined ? undefined : this.path(name), code);
  }

  /** A fault on one line: `admin/faas.yaml:3:5 defaults.plugins.auth`. */
  describe({ file, line, column, keyPath = [] }: Fault): string {
    const place = file === undefined ? ["code"] : [relative(this.root, file), line, column];
    return `${place.join(":")} ${keyPath.join(".")}`;
  }

  /** The places of all faults of a resolution that has to fail. */
  async faults(resolution: Promise<unknown>): Promise<string[]> {
    const error = await serverError(resolution);
    const untold = error.faults.filter(({ message }) => !error.message.includes(message));
    if (error.code !== "INVALID_CONFIG" || untold.length > 0)
      throw new Error("it did not fail with all faults of a configuration", { cause: error });
    return error.faults.map((fault) => this.describe(fault));
  }
}

/** Makes a project of these files. */
export async function createProject(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TempProject> {
  // What is imported is known by its real path.
  const root = await realpath(await mkdtemp(join(tmpdir(), "x-server-")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const project = new TempProject(root);
  await project.write(files);
  return project;
}

/** The error that something has to fail with. */
export async function serverError(failing: Promise<unknown>): Promise<ServerError> {
  const error: unknown = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isServerError(error)) throw new Error("it did not fail with a ServerError", { cause: error });
  return error;
}

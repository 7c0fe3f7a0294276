import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** A folder with files, for one test. */
export interface TestProject {
  /** Absolute path. */
  readonly root: string;
  /** Absolute path of a file in it. */
  path(name: string): string;
  /** Writes more files, or other contents. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of `createTestProject`. */
export interface TestProjectOptions {
  /**
   * The folder that the new one is made in. What the files import is looked up from there, so a folder of the
   * package under test lets them import what that package does. Default: the system's folder for temporary files.
   */
  readonly parent?: string | undefined;
}

/**
 * Writes files into a new folder, such as `faas.yaml` layers and APIs beside them. It is removed when disposed.
 *
 * @example
 * ```ts
 * import { createTestApp, createTestProject } from "@x/server/testing";
 *
 * await using project = await createTestProject({
 *   "faas.yaml": "defaults: { plugins: { http: { config: { maxBodyBytes: 1000 } } } }",
 *   "echo.api.js": "export default …",
 * });
 * await using app = createTestApp({ root: project.root });
 * ```
 */
export async function createTestProject(
  files: Readonly<Record<string, string>>,
  { parent = tmpdir() }: TestProjectOptions = {},
): Promise<TestProject> {
  const root = await mkdtemp(join(parent, "x-project-"));
  const project: TestProject = {
    root,
    path: (name) => join(root, name),
    async write(contents) {
      for (const [name, content] of Object.entries(contents)) {
        const path = join(root, name);
        if (relative(root, path).startsWith(".."))
          throw new RangeError(`"${name}" is no file of the project: name it relative to its root`);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, content);
      }
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  await project.write(files);
  return project;
}

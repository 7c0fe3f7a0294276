import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A folder of files that is gone after the test. */
export interface Project {
  readonly root: string;
  write(path: string, text: string): Promise<string>;
  link(path: string, target: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** What API files in a test's folder import, where no package can be found. */
export const SERVER_ENTRY = fileURLToPath(new URL("../../index.ts", import.meta.url));

/** Writes files by their paths. */
export async function createProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "x-server-app-")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const project: Project = {
    root,
    async write(path, text) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    link: (path, target) => symlink(target, join(root, path)),
    remove: (path) => rm(join(root, path), { recursive: true }),
  };
  // As it is where the files are Node's own affair: modules, and not whatever their syntax looks like.
  await project.write("package.json", '{ "type": "module" }');
  for (const [path, text] of Object.entries(files)) await project.write(path, text);
  return project;
}

/** The text of an API file. */
export function apiFile(handler: string, options = 'method: ["GET", "POST"]'): string {
  return [
    `import { defineApi, HttpError } from ${JSON.stringify(SERVER_ENTRY)};`,
    `void HttpError;`,
    `export default defineApi({ ${options}, handler: ${handler} });`,
  ].join("\n");
}

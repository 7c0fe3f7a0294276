import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A project in a temporary folder. */
export interface TestProject {
  readonly folder: string;
  /** Absolute path of a file in it. */
  path(file: string): string;
  write(file: string, text: string): void;
}

/** Makes a project of these files, with the server installed. The folder is removed after the test, or by `dispose`. */
export function createProject(
  files: Readonly<Record<string, string>>,
  {
    packages = ["@x/server"],
    dispose = onTestFinished,
  }: { packages?: readonly string[]; dispose?: (clean: () => void) => void } = {},
): TestProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "x-cli-")));
  dispose(() => rmSync(folder, { recursive: true, force: true }));
  const path = (file: string) => join(folder, file);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
  };
  write("package.json", JSON.stringify({ name: "project", private: true, type: "module" }));
  for (const [file, text] of Object.entries(files)) write(file, text);
  for (const name of packages) {
    const place = path(join("node_modules", name));
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), place, "junction");
  }
  return { folder, path, write };
}

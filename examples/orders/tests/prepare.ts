import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../database/open-database.ts";
import { buildPage } from "../server/build-page.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A filled data folder, to be copied. */
    dataFolder: string;
    /** The built page. */
    pageFolder: string;
  }
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Builds the page, and fills a data folder unless an earlier run has. */
export default async function prepare(project: TestProject): Promise<void> {
  const dataFolder = join(root, ".cache", `test-data-${await hashOf(join(root, "database"))}`);
  await (await openDatabase(dataFolder)).destroy();
  project.provide("dataFolder", dataFolder);
  project.provide("pageFolder", await buildPage());
}

/** Of all that the data follow from. */
async function hashOf(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).toSorted()) hash.update(await readFile(join(folder, name)));
  return hash.digest("base64url").slice(0, 12);
}

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { silentLogger } from "@x/server/testing";
import type { TestProject } from "vitest/node";
import { buildPage } from "../server/build-page.ts";
import { startDesk } from "../server/start-desk.ts";
import { launchBrowser } from "./browser/launch-browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A filled data folder, to be copied. */
    dataFolder: string;
    /** The built page. */
    pageFolder: string;
    /** Where the browser of all tests is, unless there is none. */
    browserUrl: string | undefined;
  }
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Builds the page, launches a browser, and fills a data folder unless an earlier run has. Gives what ends all of it. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = join(root, ".cache", `test-data-${await hashOf("database", "jobs")}`);
  const fill = async () => {
    const { server } = await startDesk({ dataFolder, logger: silentLogger });
    await server.close();
  };
  const [browser, pageFolder] = await Promise.all([launchBrowser(), buildPage(), fill()]);
  project.provide("dataFolder", dataFolder);
  project.provide("pageFolder", pageFolder);
  project.provide("browserUrl", browser?.wsEndpoint());
  return async () => browser?.close();
}

/** Of all that the data follow from. */
async function hashOf(...folders: string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) hash.update(await readFile(file));
  }
  return hash.digest("base64url").slice(0, 12);
}

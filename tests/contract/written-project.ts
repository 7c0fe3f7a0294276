import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { KnownContract } from "@x/client-contract";
import { type App, createApp } from "@x/server";
import { silentLogger } from "@x/server/testing";
import { ROOT } from "../../tooling/workspace.ts";

const X = join(ROOT, "packages", "cli", "dist", "bin.js");

/** A server of which `x types` has written the contract. */
export interface WrittenProject {
  readonly app: App;
  readonly contract: KnownContract;
  remove(): Promise<void>;
}

/** Writes a project with one API, `orders/create`, and has `x types` write its contract. */
export async function writeProject(options: string): Promise<WrittenProject> {
  // Beside this file, so that it finds the packages that it imports.
  const root = await mkdtemp(join(import.meta.dirname, ".project-"));
  await mkdir(join(root, "orders"));
  await writeFile(
    join(root, "orders", "create.api.ts"),
    [
      'import { defineApi } from "@x/server";',
      'import { z } from "zod";',
      `export default defineApi({ ${options} });`,
    ].join("\n"),
  );
  await promisify(execFile)(process.execPath, [X, "types", root]);
  const written = (await import(pathToFileURL(join(root, "contract.ts")).href)) as {
    readonly contract: KnownContract;
  };
  return {
    app: createApp({ root, logger: silentLogger }),
    contract: written.contract,
    remove: () => rm(root, { recursive: true }),
  };
}

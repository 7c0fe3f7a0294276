import { mkdir, readdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";
import type { PackagePlan } from "./plan-package.ts";

/**
 * Writes the files of a package. Nothing that is there is touched.
 *
 * @throws CliError `TARGET_EXISTS` before anything is written, `WRITE_FAILED` for what the disk refuses.
 */
export async function writePackage({ folder, files }: PackagePlan): Promise<void> {
  if (await isTaken(folder)) throw exists(folder);
  for (const file of files.keys()) if (existsSync(file)) throw exists(file);
  for (const [file, text] of files)
    try {
      await mkdir(dirname(file), { recursive: true });
      // Somebody may have been quicker.
      await writeFile(file, text, { flag: "wx" });
    } catch (cause) {
      throw new CliError("WRITE_FAILED", `${toShownPath(file)} cannot be written`, { cause });
    }
}

/** An empty folder is free; a file of that name is not. */
async function isTaken(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch {
    return existsSync(folder);
  }
}

function exists(path: string): CliError {
  return new CliError(
    "TARGET_EXISTS",
    `there is something at ${toShownPath(path)}, and nothing is overwritten: take another name or folder`,
  );
}

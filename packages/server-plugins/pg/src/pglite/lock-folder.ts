import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { pgError } from "../errors.ts";

/**
 * Keeps other processes from opening a folder: two at a time would destroy what is in it.
 *
 * @returns What gives it free.
 *
 * @throws ServerError `DATABASE_IN_USE` with the id of the process that has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`;
  await mkdir(dirname(folder), { recursive: true });
  if (!(await tryWrite(file))) {
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (isRunning(owner))
      throw pgError(
        "DATABASE_IN_USE",
        `the embedded database in ${folder} is open in process ${owner}: end that one, or use a server (url) for several`,
      );
    // Whoever wrote it ended without a chance to take it away.
    await rm(file, { force: true });
    if (!(await tryWrite(file)))
      throw pgError("DATABASE_IN_USE", `another process opens the embedded database in ${folder} just now`);
  }
  return () => rm(file, { force: true });
}

async function tryWrite(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Within one process a folder is opened once; a file with its own id is one of an earlier life. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

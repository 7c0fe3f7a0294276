import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf, ServerError } from "../../errors.ts";
import { type AppContract, checkContract } from "../contract/app-contract.ts";

/**
 * Reads the `contract.json` of a root. Without one there is no contract.
 *
 * @throws ServerError `INVALID_CONTRACT` for one that cannot be read, or is none.
 */
export async function loadContract(root: string | URL): Promise<AppContract | undefined> {
  const file = resolve(root instanceof URL ? fileURLToPath(root) : root, "contract.json");
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    // A root that is no folder is told of by whoever looks for API files.
    if (["ENOENT", "ENOTDIR"].includes(String((cause as NodeJS.ErrnoException).code))) return undefined;
    throw new ServerError("INVALID_CONTRACT", `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
  return checkContract(value, file);
}

import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { findProjectFolder } from "../doctor/source-files.ts";
import { CliError } from "../errors.ts";

const CONTRACT_FILE = "contract.ts";

/** Whose contract it is, and where it is written. */
export interface ContractPlace {
  /** The folder of the project: its sources, its tsconfig.json, its packages. */
  readonly folder: string;
  /** Absolute path of `contract.ts`. */
  readonly file: string;
}

/**
 * Where the contract of a root is: in the root, where the server finds it, or where `--out` says.
 *
 * @throws CliError `INVALID_USAGE` for a file that is not TypeScript.
 */
export function toContractPlace(root: string, out: string | undefined): ContractPlace {
  if (out !== undefined && (!/\.[cm]?ts$/.test(out) || /\.(?:d\.[cm]?ts|api\.[cm]?ts)$/.test(out)))
    throw new CliError(
      "INVALID_USAGE",
      `the contract is a TypeScript file, such as contract.ts, and not ${out}`,
    );
  const file = out === undefined ? join(root, CONTRACT_FILE) : resolve(out);
  return { folder: realpathSync(findProjectFolder(root)), file };
}

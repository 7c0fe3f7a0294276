import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { pgError } from "../errors.ts";

/** A migration as its file has it. */
export interface MigrationFile {
  /** The file's name, such as `0001_orders.sql`. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly kind: "sql" | "module";
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal. Ends of lines do not count: git may change them. */
  readonly checksum: string;
}

const NAME = /^(\d+)[-_.].*$/;
const MODULES: ReadonlySet<string> = new Set([".ts", ".js", ".mts", ".mjs"]);
const DECLARATIONS = /\.d\.m?ts$/;

/**
 * Reads the migrations of a folder, in the order of their numbers.
 *
 * @throws ServerError `INVALID_MIGRATION` where the folder cannot be read, two files have one number, or one with a
 * number is neither SQL nor a module.
 */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw pgError("INVALID_MIGRATION", `the folder of migrations ${folder} cannot be read`, { cause });
  });
  const numbered = names.filter((name) => NAME.test(name) && !DECLARATIONS.test(name)).toSorted(byNumber);
  for (const [index, name] of numbered.entries()) {
    const next = numbered[index + 1];
    if (next !== undefined && numberOf(name) === numberOf(next))
      throw pgError(
        "INVALID_MIGRATION",
        `${name} and ${next} in ${folder} have one number: rename one of them`,
      );
  }
  return Promise.all(numbered.map((name) => readMigration(folder, name)));
}

/** Migrations run by their numbers. */
export function byNumber(a: string, b: string): number {
  const [first, second] = [numberOf(a), numberOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Of any length: some number by the second, and some by one. */
function numberOf(name: string): bigint {
  return BigInt(NAME.exec(name)?.[1] ?? 0);
}

async function readMigration(folder: string, name: string): Promise<MigrationFile> {
  const file = join(folder, name);
  const { ext } = parse(name);
  const kind = ext === ".sql" ? "sql" : MODULES.has(ext) ? "module" : undefined;
  if (!kind)
    throw pgError(
      "INVALID_MIGRATION",
      `${file} has a number, and is neither .sql nor .ts, .js, .mts or .mjs`,
    );
  const text = await readFile(file, "utf8");
  const checksum = createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
  return { name, file, kind, text, checksum };
}

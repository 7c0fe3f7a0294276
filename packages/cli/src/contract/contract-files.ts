import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CliError } from "../errors.ts";
import { toShownPath } from "../output/place.ts";
import type { ContractRoute } from "./contract-routes.ts";
import { CONTRACT_HEADER, type ContractHashes, readHashes, toShapesFile } from "./contract-source.ts";

/** The two texts of a contract. `undefined` where a file is not there. */
export interface ContractTexts {
  readonly source: string | undefined;
  readonly shapes: string | undefined;
}

/** The contract as it is on disk. */
export interface StoredContract extends ContractTexts {
  readonly hashes: ReadonlyMap<string, string>;
  /** The hashes of these routes, as far as there are some. */
  hashesOf(routes: readonly ContractRoute[]): ContractHashes;
}

/** `contract.ts` and `contract.json`. */
export class ContractFiles {
  readonly #file: string;
  readonly #shapesFile: string;

  constructor(file: string) {
    this.#file = file;
    this.#shapesFile = toShapesFile(file);
  }

  /** @throws CliError `TARGET_EXISTS` for a file that is not ours. */
  read(): StoredContract {
    const [source, shapes] = [readText(this.#file), readText(this.#shapesFile)];
    if (source !== undefined && !isContract(source)) throw exists(this.#file);
    if (source === undefined && shapes !== undefined && !isShapes(shapes)) throw exists(this.#shapesFile);
    const hashes = readHashes(source ?? "");
    return {
      source,
      shapes,
      hashes,
      hashesOf(routes) {
        const paths = new Set(routes.map(({ path }) => path));
        return Object.fromEntries(
          [...hashes].filter(([name]) => paths.has(name.slice(0, name.lastIndexOf(" ")))),
        );
      },
    };
  }

  /** @throws CliError `WRITE_FAILED`. */
  write({ source, shapes }: ContractTexts): void {
    // The source names the other file, which is to be there by then.
    writeText(this.#shapesFile, shapes);
    writeText(this.#file, source);
  }
}

/** Tells a file of ours by its first line. */
export function isContract(source: string): boolean {
  return source.startsWith(CONTRACT_HEADER);
}

/** Tells a file of ours by what it holds: JSON has no comments. */
function isShapes(text: string): boolean {
  try {
    const paths: unknown = JSON.parse(text);
    if (!isRecord(paths)) return false;
    const endpoints = Object.values(paths).map((methods) =>
      isRecord(methods) ? Object.values(methods) : [0],
    );
    return endpoints.flat().every((endpoint) => isRecord(endpoint) && typeof endpoint["hash"] === "string");
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function exists(file: string): CliError {
  return new CliError(
    "TARGET_EXISTS",
    `${toShownPath(file)} was not written by x types, and is not overwritten: name another file by --out`,
  );
}

function writeText(file: string, text: string | undefined): void {
  if (text === undefined || readText(file) === text) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Whoever reads it meanwhile reads the former text, and no half of one.
    writeFileSync(`${file}.tmp`, text);
    renameSync(`${file}.tmp`, file);
  } catch (cause) {
    throw new CliError("WRITE_FAILED", `${toShownPath(file)} cannot be written`, { cause });
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

import { pathToFileURL } from "node:url";
import type { Fault } from "@x/server";
import { CompiledQuery, type Kysely } from "kysely";
import { pgError } from "../errors.ts";
import type { Tables } from "../types.ts";
import { addToLog } from "./migration-log.ts";
import type { MigrationFile } from "./read-migrations.ts";

type Run = (db: Kysely<Tables>) => Promise<void>;

/** A migration that can run. */
export interface LoadedMigration {
  readonly file: MigrationFile;
  readonly run: Run;
  readonly inTransaction: boolean;
}

/** The first line of an SQL file whose statement takes no transaction, such as `create index concurrently`. */
const NO_TRANSACTION = /^\s*--\s*no transaction\s*$/;

/**
 * Loads what a migration does.
 *
 * @throws ServerError `INVALID_MIGRATION` for a module that cannot be loaded, or exports no `up`.
 */
export async function loadMigration(file: MigrationFile): Promise<LoadedMigration> {
  if (file.kind === "sql")
    return {
      file,
      run: async (db) => void (await db.executeQuery(CompiledQuery.raw(file.text))),
      inTransaction: !NO_TRANSACTION.test(file.text.split("\n", 1)[0]!),
    };
  const module = (await import(pathToFileURL(file.file).href).catch((cause: unknown) => {
    throw pgError("INVALID_MIGRATION", `${file.file} cannot be loaded: ${messageOf(cause)}`, { cause });
  })) as { readonly up?: unknown; readonly transaction?: unknown };
  const { up, transaction } = module;
  if (typeof up !== "function")
    throw pgError(
      "INVALID_MIGRATION",
      `${file.file} exports no function up: export async function up(db) { … }`,
    );
  return { file, run: async (db) => void (await up(db)), inTransaction: transaction !== false };
}

/**
 * Runs one migration and notes it, both in one transaction.
 *
 * @throws ServerError `MIGRATION_FAILED` for whatever it throws.
 */
export async function runMigration(db: Kysely<Tables>, migration: LoadedMigration): Promise<void> {
  const { file, run, inTransaction } = migration;
  const runAndNote = async (target: Kysely<Tables>): Promise<void> => {
    await run(target);
    await addToLog(target, file);
  };
  try {
    await (inTransaction ? db.transaction().execute(runAndNote) : runAndNote(db));
  } catch (cause) {
    const fault = toFault(cause, file);
    const place = fault.line === undefined ? "" : `:${fault.line}:${fault.column}`;
    const outcome = inTransaction ? " and was undone" : "";
    throw pgError("MIGRATION_FAILED", `${file.name}${place} failed${outcome}: ${fault.message}`, {
      faults: [fault],
      cause,
    });
  }
}

/** Where in the file Postgres has found the fault, if it says so. */
function toFault(cause: unknown, { file, kind, text }: MigrationFile): Fault {
  const message = messageOf(cause);
  const position = cause instanceof Error && "position" in cause ? Number(cause.position) : Number.NaN;
  if (kind !== "sql" || !(position > 0)) return { message, file };
  // It counts characters, and JavaScript halves of some.
  const before = [...text]
    .slice(0, position - 1)
    .join("")
    .split("\n");
  return { message, file, line: before.length, column: before.at(-1)!.length + 1 };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

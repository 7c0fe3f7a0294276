import type { MigrationRecord } from "./migration-log.ts";
import { byNumber, type MigrationFile } from "./read-migrations.ts";

/** How a migration stands. */
export interface MigrationStatus {
  /** The file's name. */
  readonly name: string;
  /**
   * `changed`: its file is another than the one that ran. `missing`: it ran, and its file is gone. `late`: it has not
   * run, and one with a greater number has.
   */
  readonly state: "done" | "pending" | "changed" | "missing" | "late";
  /** When it ran. */
  readonly ranAt?: Date | undefined;
}

/** Compares what is in the folder with what has run, in the order of their numbers. */
export function compareMigrations(
  files: readonly MigrationFile[],
  records: readonly MigrationRecord[],
): readonly MigrationStatus[] {
  const fileOf = new Map(files.map((file) => [file.name, file]));
  const recordOf = new Map(records.map((record) => [record.name, record]));
  const names = [...new Set([...fileOf.keys(), ...recordOf.keys()])].toSorted(byNumber);
  const latest = names.findLastIndex((name) => recordOf.has(name));
  return names.map((name, index) => {
    const [file, record] = [fileOf.get(name), recordOf.get(name)];
    if (!record) return { name, state: index < latest ? "late" : "pending" };
    const state = !file ? "missing" : file.checksum === record.checksum ? "done" : "changed";
    return { name, state, ranAt: record.ran_at };
  });
}

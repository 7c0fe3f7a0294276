import { lstat, readFile, stat } from "node:fs/promises";
import type { Fault } from "../errors.ts";

/** What stands in a file, that there is none, or why it cannot be read. */
export type YamlText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "none" }
  | { readonly kind: "fault"; readonly fault: Fault };

// Configuration is written by hand: what is larger is something else, and would hold the process up.
const MAX_BYTES = 1024 * 1024;

/** Reads a YAML file as text, without a byte order mark. */
export async function readYamlText(file: string): Promise<YamlText> {
  const fault = (message: string, place: Pick<Fault, "line" | "column"> = {}): YamlText => ({
    kind: "fault",
    fault: { message, file, line: 1, column: 1, ...place, keyPath: [] },
  });
  try {
    // A link that leads nowhere is a mistake, not an absent file.
    await lstat(file);
  } catch (error) {
    return isAbsent(error) ? { kind: "none" } : fault(`it cannot be read (${codeOf(error)})`);
  }
  try {
    const found = await stat(file);
    if (found.isDirectory()) return fault("it is a directory: make it a file, or rename it");
    // Reading a pipe would wait for a writer.
    if (!found.isFile()) return fault("it is no regular file");
    if (found.size > MAX_BYTES) return fault(`it is larger than ${MAX_BYTES} bytes`);
    const bytes = await readFile(file);
    const text = decodeUtf8(bytes);
    return text === undefined
      ? fault("it is not UTF-8: save it in that encoding", placeOfInvalidByte(bytes))
      : { kind: "text", text };
  } catch (error) {
    return fault(`it cannot be read (${codeOf(error)})`);
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function placeOfInvalidByte(bytes: Uint8Array): { line: number; column: number } {
  const [before = ""] = new TextDecoder().decode(bytes).split("\uFFFD", 1);
  const lines = before.split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

function isAbsent(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}

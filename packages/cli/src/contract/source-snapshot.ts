import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isTestFile, listSourceFiles } from "../doctor/source-files.ts";

const DECLARES_FOR_ALL = /^\s*declare\s+(?:module|global)\b/m;

/** The files of a project as they are at one moment. Each is read once. */
export class SourceSnapshot {
  /** Files that may declare something for all others. */
  readonly ambient: readonly string[];
  /** The tsconfig.json that counts. */
  readonly config: string | undefined;
  readonly #hashes = new Map<string, string | undefined>();

  /** `ignored` is the contract's own file: what is made of types must not decide on them. */
  constructor(folder: string, ignored: string) {
    this.config = findConfig(folder);
    this.ambient = listSourceFiles(folder).filter((file) => {
      if (file === ignored || isTestFile(file)) return false;
      const text = this.#read(file);
      return text !== undefined && (/\.d\.[cm]?ts$/.test(file) || DECLARES_FOR_ALL.test(text));
    });
  }

  /** The hash of a file's text; `undefined` where there is none. */
  hashOf(file: string): string | undefined {
    if (!this.#hashes.has(file)) this.#read(file);
    return this.#hashes.get(file);
  }

  #read(file: string): string | undefined {
    try {
      const text = readFileSync(file, "utf8");
      this.#hashes.set(file, createHash("sha1").update(text).digest("base64url"));
      return text;
    } catch {
      // Between a listing and a look, a file may go.
      this.#hashes.set(file, undefined);
      return undefined;
    }
  }
}

function findConfig(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const config = join(folder, "tsconfig.json");
    if (existsSync(config)) return config;
    if (dirname(folder) === folder) return undefined;
  }
}

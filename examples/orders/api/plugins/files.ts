import { randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InvokeData, Next, Plugin, PluginOptions } from "@x/server";
import { z } from "zod";

declare module "@x/server" {
  interface DefineApiInject {
    /** The files that jobs write. */
    files: DeskFiles;
  }
}

/** The desk's files, by names such as `outbox/order-1001.eml`. They are made of ids, and of nothing that people type. */
export interface DeskFiles {
  /** Writes a file. It is there when it is complete, and takes the place of an earlier one. */
  write(name: string, content: string | AsyncIterable<string>): Promise<void>;
  /** What is in a file, read when it is needed; `undefined` when there is none. */
  read(name: string): Promise<Blob | undefined>;
}

const configSchema = z.strictObject({
  /** Where the desk keeps all that is its. */
  folder: z.string().min(1),
});

/** Gives functions and jobs the desk's files as `data.files`. */
export class FilesPlugin implements Plugin {
  static readonly configSchema = configSchema;
  static readonly publicConfig = ["folder"];
  readonly type: string;
  readonly name: string;
  readonly #files: DeskFiles;

  constructor({ type, name, config }: PluginOptions) {
    this.type = type;
    this.name = name;
    this.#files = openFiles((config as z.infer<typeof configSchema>).folder);
  }

  onInvoke(data: InvokeData, next: Next): Promise<void> {
    data.files = this.#files;
    return next();
  }
}

function openFiles(folder: string): DeskFiles {
  return {
    async write(name, content) {
      const path = join(folder, name);
      const unfinished = `${path}.${randomUUID()}`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(unfinished, content);
      await rename(unfinished, path);
    },
    async read(name) {
      try {
        return await openAsBlob(join(folder, name));
      } catch {
        return undefined;
      }
    },
  };
}

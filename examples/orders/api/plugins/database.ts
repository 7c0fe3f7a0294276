import type { InvokeData, MountData, Next, Plugin, PluginOptions } from "@x/server";
import { z } from "zod";
import type { Database } from "../../database/open-database.ts";
import { type SharedDatabase, shareDatabase } from "../../database/share-database.ts";

declare module "@x/server" {
  interface DefineApiInject {
    /** The desk's tables. */
    db: Database;
  }
}

const configSchema = z.strictObject({
  /** Where Postgres keeps its files. */
  folder: z.string().min(1),
});

/** Gives functions the database as `data.db`, open from the first mount to the last close. */
export class DatabasePlugin implements Plugin {
  static readonly configSchema = configSchema;
  static readonly publicConfig = ["folder"];
  readonly type: string;
  readonly name: string;
  readonly #folder: string;
  /** One for each function that has mounted this instance. */
  readonly #shared: SharedDatabase[] = [];

  constructor({ type, name, config }: PluginOptions) {
    this.type = type;
    this.name = name;
    this.#folder = (config as z.infer<typeof configSchema>).folder;
  }

  async onMount(_data: MountData, next: Next): Promise<void> {
    this.#shared.push(await shareDatabase(this.#folder));
    await next();
  }

  onInvoke(data: InvokeData, next: Next): Promise<void> {
    data.db = this.#shared[0]!.db;
    return next();
  }

  async onClose(): Promise<void> {
    await this.#shared.pop()?.release();
  }
}

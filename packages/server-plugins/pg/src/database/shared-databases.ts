import { createHash } from "node:crypto";
import type { Logger } from "@x/server";
import { CompiledQuery } from "kysely";
import type { DatabaseSettings } from "../pg-settings.ts";
import { connectDatabase } from "./connect-database.ts";
import type { ConnectedDatabase } from "./connected-database.ts";

/** A share in a database that several functions use. */
export interface DatabaseShare {
  readonly database: ConnectedDatabase;
  /** Does something about the database once, however many want it; what fails is tried again by the next. */
  once(key: string, run: () => Promise<void>): Promise<void>;
  /** Whether the database answers. Whoever asks at the same time gets one answer. */
  isReady(): Promise<boolean>;
  /** Gives it back; the last one closes the database. */
  release(): Promise<void>;
}

interface Entry {
  readonly opening: Promise<ConnectedDatabase>;
  readonly done: Map<string, Promise<void>>;
  checking: Promise<boolean> | undefined;
  users: number;
}

/** Databases that are open, each once, however many functions use it. */
export class SharedDatabases {
  readonly #entries = new Map<string, Entry>();
  /** A folder must not be opened before it is closed. */
  readonly #closing = new Map<string, Promise<void>>();

  /** Opens the database, or takes part in the one that is open with the same settings. */
  async share(settings: DatabaseSettings, logger: Logger): Promise<DatabaseShare> {
    // The settings hold a password, which a map of the whole process need not keep.
    const key = createHash("sha256").update(JSON.stringify(settings)).digest("hex");
    const entry = this.#entries.get(key) ?? this.#open(key, settings, logger);
    this.#entries.set(key, entry);
    entry.users += 1;
    const forget = (): void => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    try {
      const database = await entry.opening;
      return {
        database,
        once: (what, run) => runOnce(entry.done, what, run),
        isReady: () => (entry.checking ??= check(database).finally(() => (entry.checking = undefined))),
        release: async () => {
          entry.users -= 1;
          if (entry.users > 0) return;
          forget();
          await this.#close(key, database);
        },
      };
    } catch (error) {
      // The next one tries again.
      forget();
      throw error;
    }
  }

  #open(key: string, settings: DatabaseSettings, logger: Logger): Entry {
    const connect = (): Promise<ConnectedDatabase> => connectDatabase(settings, logger);
    // Whoever closes it is told what went wrong.
    const opening = this.#closing.get(key)?.then(connect, connect) ?? connect();
    return { opening, done: new Map(), checking: undefined, users: 0 };
  }

  async #close(key: string, database: ConnectedDatabase): Promise<void> {
    const closing = database.close();
    this.#closing.set(key, closing);
    try {
      await closing;
    } finally {
      if (this.#closing.get(key) === closing) this.#closing.delete(key);
    }
  }
}

function runOnce(done: Map<string, Promise<void>>, key: string, run: () => Promise<void>): Promise<void> {
  const known = done.get(key);
  if (known) return known;
  const running = run().catch((error: unknown) => {
    done.delete(key);
    throw error;
  });
  done.set(key, running);
  return running;
}

async function check({ client }: ConnectedDatabase): Promise<boolean> {
  try {
    await client.executeQuery(CompiledQuery.raw("select 1"));
    return true;
  } catch {
    return false;
  }
}

import { type Database, openDatabase } from "./open-database.ts";

interface Shared {
  readonly opening: Promise<Database>;
  users: number;
}

/** By folder. Each function has a plugin of its own, and a folder can be opened once in a process. */
const sharedByFolder = new Map<string, Shared>();

/** A database that several users have open. */
export interface SharedDatabase {
  readonly db: Database;
  /** To be called once. The last one to release it closes it. */
  release(): Promise<void>;
}

/** Opens a folder's database, or joins those who have it open. */
export async function shareDatabase(folder: string): Promise<SharedDatabase> {
  const shared = sharedByFolder.get(folder) ?? { opening: openDatabase(folder), users: 0 };
  sharedByFolder.set(folder, shared);
  shared.users += 1;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    sharedByFolder.delete(folder);
    await (await shared.opening).destroy();
  };
  try {
    return { db: await shared.opening, release };
  } catch (error) {
    // Whoever comes next tries again.
    if (sharedByFolder.get(folder) === shared) sharedByFolder.delete(folder);
    throw error;
  }
}

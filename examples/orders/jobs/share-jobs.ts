import { createJobs, type Jobs } from "@x/jobs";
import { type Database, openDatabase } from "@x/server-pg";

interface Shared {
  readonly opening: Promise<Opened>;
  users: number;
}

interface Opened {
  readonly jobs: Jobs;
  readonly database: Database;
}

/** The jobs of a desk, as one function uses them. */
export interface SharedJobs {
  readonly jobs: Jobs;
  /** To be called once. With the last one they end. */
  release(): Promise<void>;
}

/** By data folder. Each function has plugins of its own, and one worker is enough for all of them. */
const sharedByFolder = new Map<string, Shared>();

/** Has the jobs of a data folder run in this process, or joins those who do. */
export async function shareJobs(folder: string): Promise<SharedJobs> {
  const shared = sharedByFolder.get(folder) ?? { opening: openJobs(folder), users: 0 };
  sharedByFolder.set(folder, shared);
  shared.users += 1;
  try {
    const { jobs, database } = await shared.opening;
    const release = async () => {
      shared.users -= 1;
      if (shared.users > 0) return;
      sharedByFolder.delete(folder);
      await jobs.close();
      await database.close();
    };
    return { jobs, release };
  } catch (error) {
    // Whoever comes next tries again.
    if (sharedByFolder.get(folder) === shared) sharedByFolder.delete(folder);
    throw error;
  }
}

async function openJobs(folder: string): Promise<Opened> {
  const database = await openDatabase({ folder: `${folder}/pg` });
  const root = new URL(".", import.meta.url);
  const jobs = createJobs({ db: database.db, root, env: { DATA_FOLDER: folder } });
  try {
    await jobs.work();
    return { jobs, database };
  } catch (error) {
    await jobs.close();
    await database.close();
    throw error;
  }
}

import { createHash } from "node:crypto";
import type { Logger } from "@x/server";
import type { Db } from "pg-boss";

/** What is listened for, and how it is told. */
export interface ListenOptions {
  /** Of the server, as a connection string. */
  readonly url: string;
  readonly schema: string;
  readonly logger: Logger;
  /** Something is due in a queue; without one, something may be in any. */
  readonly onDue: (queue?: string) => void;
}

/** What `getDb` gives for a connection string. pg-boss opens it in its own start, which would look for its tables. */
type OwnDb = Db & Required<Pick<Db, "listen">> & { open(): Promise<void>; close(): Promise<void> };

/**
 * Listens for what any process enqueues, on a connection of its own. A connection that is lost is made again, and what
 * nobody has heard meanwhile is looked for then. It is a hint alone: whoever listens polls all the same, and does no
 * more than that where it cannot listen.
 *
 * @returns How to end it.
 */
export async function listenForJobs({
  url,
  schema,
  logger,
  onDue,
}: ListenOptions): Promise<() => Promise<void>> {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({ connectionString: url, schema, max: 1 });
  boss.on("error", (error) => logger.warn({ err: error }, LOST));
  // See above: its type shows what every database has.
  const db = boss.getDb() as OwnDb;
  try {
    await db.open();
    const handle = await db.listen(toChannel(schema), onDue, onDue);
    return async () => {
      boss.removeAllListeners("error");
      boss.on("error", () => {});
      await handle.close();
      await db.close();
    };
  } catch (error) {
    logger.warn({ err: error }, "nothing tells this worker of new jobs: it looks for them at its interval");
    return () => db.close();
  }
}

const LOST = "the connection that tells of new jobs is lost: until it is back, they are looked for";

/** The one to which pg-boss notifies. */
function toChannel(schema: string): string {
  return `pgboss_${createHash("sha224").update(schema).digest("hex").slice(0, 24)}`;
}

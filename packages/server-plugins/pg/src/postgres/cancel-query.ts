import type { Client, Pool, PoolClient } from "pg";

/** How long the server may take to stop a statement before its connection is given up. */
const GRACE_MS = 5_000;

/** What `pg` knows of a connection beside what its types say. */
interface ConnectedClient {
  readonly processID?: number | null;
  end(): Promise<void>;
}

/**
 * Has the server stop what it runs on a connection, by a second one. Where that fails the connection is given up, so
 * that whoever waits for the statement waits no longer. It never rejects.
 */
export async function cancelQuery(client: PoolClient, { options }: Pool): Promise<void> {
  const connected = client as unknown as ConnectedClient;
  const GivenClient = client.constructor as unknown as new (config: object) => Client;
  const { processID } = connected;
  const control = new GivenClient({
    ...options,
    // `pg` hides it from those who print the options.
    password: "password" in options ? options.password : undefined,
    connectionTimeoutMillis: GRACE_MS,
    query_timeout: GRACE_MS,
  });
  // What it has to say is said by its promises.
  control.on("error", () => {});
  try {
    await control.connect();
    const { rows } = await control.query<{ stopped: boolean }>("select pg_cancel_backend($1) as stopped", [
      processID,
    ]);
    if (!rows[0]?.stopped) await connected.end();
  } catch {
    await connected.end();
  } finally {
    await control.end().catch(() => {});
  }
}

import type { ClientParts } from "../client/client-parts.ts";
import type { DatabaseSettings } from "../pg-settings.ts";
import type { DatabaseClient } from "../types.ts";

/** A database that is open, whatever is behind it. */
export interface ConnectedDatabase {
  readonly kind: DatabaseSettings["kind"];
  /** Outside of any transaction. */
  readonly client: DatabaseClient;
  /** What clients are made of. */
  readonly parts: ClientParts;
  close(): Promise<void>;
}

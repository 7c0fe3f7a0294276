import { pgError } from "../errors.ts";
import type { DatabaseClient } from "../types.ts";
import { findScope } from "./database-scope.ts";

/**
 * The database of the request that this code runs for, without being handed it: `data.db` of the function, and inside
 * of a transaction that transaction.
 *
 * @param name Which plugin's, where a function has several. Default: the innermost.
 *
 * @throws ServerError `NO_DATABASE` where no function with the plugin has called, `TRANSACTION_ENDED` after the end of
 * its transaction.
 *
 * @example
 * ```ts
 * import { getClient } from "@x/server-pg";
 * import { sql } from "kysely";
 *
 * export async function countOrders(): Promise<number> {
 *   const { rows } = await sql<{ count: string }>`select count(*) from orders`.execute(getClient());
 *   return Number(rows[0]?.count);
 * }
 * ```
 */
export function getClient(name?: string): DatabaseClient {
  const scope = findScope((it) => name === undefined || it.name === name);
  if (!scope)
    throw pgError(
      "NO_DATABASE",
      `getClient(${name === undefined ? "" : `"${name}"`}) is called by no function that has the plugin${name === undefined ? "" : ` "${name}"`}: register it, or call from inside of a handler`,
    );
  if (scope.transaction?.ended)
    throw pgError(
      "TRANSACTION_ENDED",
      "getClient() is called after the end of its request's transaction: await what calls it before the handler returns",
    );
  return scope.client;
}

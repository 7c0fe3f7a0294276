import { CompiledQuery, PostgresDriver, type TransactionSettings } from "kysely";
import { databaseScope } from "../request/database-scope.ts";

type Connection = Parameters<PostgresDriver["rollbackTransaction"]>[0];

/** kysely's driver, whose transactions begin and end whatever becomes of their request. */
export class ServerDriver extends PostgresDriver {
  override async beginTransaction(connection: Connection, settings: TransactionSettings): Promise<void> {
    const timeLeftMs = databaseScope.getStore()?.limits.timeLeftMs;
    await databaseScope.run(undefined, async () => {
      const { isolationLevel, accessMode } = settings;
      const mode = [isolationLevel && `isolation level ${isolationLevel}`, accessMode]
        .filter(Boolean)
        .join(" ");
      // In one message: should this process be gone before it can cancel anything, the server ends what holds locks.
      const limit = timeLeftMs === undefined ? "" : `; set local statement_timeout = ${timeLeftMs}`;
      await connection.executeQuery(CompiledQuery.raw(`start transaction ${mode}${limit}`));
    });
  }

  override async commitTransaction(connection: Connection): Promise<void> {
    await databaseScope.run(undefined, () => super.commitTransaction(connection));
  }

  override async rollbackTransaction(connection: Connection): Promise<void> {
    await databaseScope.run(undefined, () => super.rollbackTransaction(connection));
  }
}

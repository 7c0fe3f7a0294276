import type { KyselyProps, QueryExecutor } from "kysely";
import { SavepointDriver } from "./savepoint-driver.ts";

/** What a client is made of. */
export interface ClientParts extends KyselyProps {
  /** What a transaction keeps others from as long as it runs, if anything. */
  readonly lock: object | undefined;
  /** Whether it is inside of a transaction. */
  readonly isTransaction: boolean;
}

/** The parts of a client inside of a transaction: its own transactions are parts of that one. */
export function toTransactionParts(
  parts: ClientParts,
  executor: QueryExecutor,
  lock: object | undefined,
): ClientParts {
  const { config, dialect } = parts;
  return {
    config,
    dialect,
    driver: new SavepointDriver(parts.driver, executor),
    executor,
    lock,
    isTransaction: true,
  };
}

import { AsyncLocalStorage } from "node:async_hooks";
import type { DatabaseClient } from "../types.ts";
import type { RequestLimits } from "./request-limits.ts";

/** A transaction that calls from one function to another join. */
export interface JoinedTransaction {
  /** Once it is, nothing can join it any more. */
  readonly ended: boolean;
  /** A function that has joined it failed: then it fails as a whole, whoever catches the error. */
  fail(error: unknown): void;
}

/** What code works with, wherever it is called. */
export interface DatabaseScope {
  /** The plugin's name. */
  readonly name: string;
  /** Which one it is. */
  readonly database: object;
  readonly client: DatabaseClient;
  readonly limits: RequestLimits;
  readonly transaction: JoinedTransaction | undefined;
  /** What is held as long as the code runs: waiting for it would never end. */
  readonly lock: object | undefined;
  /** That of another plugin, of a function that has called this one, or of what is around a transaction. */
  readonly outer: DatabaseScope | undefined;
}

/** Entered by functions that have the plugin, and by no others. */
export const databaseScope = new AsyncLocalStorage<DatabaseScope | undefined>();

/** The innermost scope that fits. */
export function findScope(fits: (scope: DatabaseScope) => boolean): DatabaseScope | undefined {
  let scope = databaseScope.getStore();
  while (scope && !fits(scope)) scope = scope.outer;
  return scope;
}

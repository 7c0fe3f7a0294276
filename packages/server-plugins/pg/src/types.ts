import type { Kysely } from "kysely";

/**
 * The tables of your database, by name. Augment it, and every query is checked:
 * `declare module "@x/server-pg" { interface Tables { orders: { id: Generated<number>; product: string } } }`.
 */
// oxlint-disable-next-line typescript/no-empty-interface -- open for augmentation
export interface Tables {}

/** What queries are made with: kysely, typed by `Tables`. */
export type DatabaseClient = Kysely<Tables>;

declare module "@x/server" {
  interface DefineApiInject {
    /** The database; in a function with `transaction`, the request's transaction. */
    db: DatabaseClient;
  }
}

/** One kind of request. */
export interface PgCase {
  readonly id: string;
  readonly title: string;
  /** Whether the request asks something of the database. */
  readonly queries: boolean;
  /** Whether it does so in a transaction. */
  readonly transaction: boolean;
}

/** Every case, in the order of the table. */
export const pgCases: readonly PgCase[] = [
  { id: "nothing", title: "no query", queries: false, transaction: false },
  { id: "nothing-transaction", title: "no query, `transaction: true`", queries: false, transaction: true },
  { id: "query", title: "one query", queries: true, transaction: false },
  { id: "query-transaction", title: "one query in a transaction", queries: true, transaction: true },
];

/** The case with an id. */
export function findCase(id: string): PgCase {
  const found = pgCases.find((pgCase) => pgCase.id === id);
  if (!found) throw new Error(`there is no case "${id}"`);
  return found;
}

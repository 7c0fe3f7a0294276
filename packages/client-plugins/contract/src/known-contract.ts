/** What `x types` writes of an API as the client is built, as `contract` of `contract.ts`. */
export interface KnownContract {
  /** By path and method: `orders/create POST`. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Loads `contract.json`, which is only needed once the server has changed. */
  readonly shapes: () => Promise<{ readonly default: object }>;
}

/** Where keys are kept: `sessionStorage`, or anything like it, also asynchronous. */
export interface IdempotencyStorage {
  getItem(name: string): string | null | undefined | PromiseLike<string | null | undefined>;
  setItem(name: string, value: string): unknown;
  removeItem(name: string): unknown;
}

/** What holds for all writes of a client. */
export interface IdempotencyConfig {
  /** The header that carries the key. Default: `idempotency-key`. */
  readonly header?: string | undefined;
  /** The methods whose requests get a key. Default: POST and PATCH, since a second PUT or DELETE changes nothing. */
  readonly methods?: readonly string[] | undefined;
  /** Where keys are kept until the server has answered. Default: in memory, so that a reload forgets them. */
  readonly storage?: IdempotencyStorage | undefined;
  /**
   * How long a key is kept for a write whose outcome is unknown, in milliseconds. It should be no longer than the
   * server remembers keys. Default: 86,400,000, a day.
   */
  readonly maxAgeMs?: number | undefined;
  /** Makes a new key. Default: 128 random bits. */
  readonly createKey?: (() => string) | undefined;
}

/** Options of one write. */
export interface IdempotencyOptions {
  /** The key of this write, whatever its method, or `false` for none. Default: a key of the plugin's. */
  readonly idempotencyKey?: string | false | undefined;
}

/** What the plugin tells of a write. */
export interface IdempotencyMeta {
  /** The key that it was sent with. */
  idempotencyKey: string;
}

/** What the plugin adds to the types of a client. */
export interface IdempotencyTypes {
  options: IdempotencyOptions;
  meta: IdempotencyMeta;
}

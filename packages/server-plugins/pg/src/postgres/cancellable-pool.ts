import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";
import { sqlStateOf } from "../errors.ts";
import { findScope } from "../request/database-scope.ts";
import type { RequestLimits } from "../request/request-limits.ts";
import { cancelQuery } from "./cancel-query.ts";

/** What a statement ends with that the server was asked to stop, or whose time it has kept itself. */
const QUERY_CANCELED = "57014";

/** A pool of `pg` whose waits and statements end when nobody waits for their outcome any more. */
export class CancellablePool implements PostgresPool {
  readonly #pool: Pool;
  readonly #isOwn: (database: object) => boolean;
  /** kysely knows connections by their identity. */
  readonly #clients = new WeakMap<PoolClient, CancellableClient>();

  /** `isOwn` tells the scopes of requests that use this very database. */
  constructor(pool: Pool, isOwn: (database: object) => boolean) {
    this.#pool = pool;
    this.#isOwn = isOwn;
  }

  get options(): object {
    return this.#pool.options;
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#take(this.limits);
    const known = this.#clients.get(client);
    if (known) return known;
    // The pool listens to idle connections alone. One that breaks between two statements of a transaction would end the
    // process, while the next statement fails with it anyway.
    client.on("error", () => {});
    const cancellable = new CancellableClient(client, this.#pool, this);
    this.#clients.set(client, cancellable);
    return cancellable;
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  /** Those of the request that the running code belongs to. */
  get limits(): RequestLimits | undefined {
    return findScope(({ database }) => this.#isOwn(database))?.limits;
  }

  /** `pg` cannot take back a place in its queue: a connection that comes too late goes on to the next. */
  async #take(limits: RequestLimits | undefined): Promise<PoolClient> {
    const isAtHand = this.#pool.idleCount > 0;
    const connecting = this.#pool.connect();
    if (!limits || isAtHand) return connecting;
    return new Promise((resolve, reject) => {
      let hasLeft = false;
      const leave = (): void => {
        hasLeft = true;
        reject(limits.toError());
      };
      limits.watch(leave);
      connecting
        .finally(() => limits.unwatch(leave))
        .then((client) => (hasLeft ? client.release() : resolve(client)), reject);
      if (limits.signal.aborted) leave();
    });
  }
}

/** A connection while somebody has it. */
class CancellableClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #pool: Pool;
  readonly #owner: CancellablePool;

  constructor(client: PoolClient, pool: Pool, owner: CancellablePool) {
    this.#client = client;
    this.#pool = pool;
    this.#owner = owner;
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }

  // kysely asks for cursors where the dialect was given them, which this one is not.
  query(text: never, parameters?: readonly unknown[]): never {
    return this.#query(text, parameters) as never;
  }

  async #query<Row>(text: string, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<Row>> {
    const { limits } = this.#owner;
    const run = (): Promise<PostgresQueryResult<Row>> =>
      // What kysely reads of a result is there in any result.
      this.#client.query(text, [...parameters]) as unknown as Promise<PostgresQueryResult<Row>>;
    if (!limits) return run();
    limits.throwIfAborted();
    let cancelling: Promise<void> | undefined;
    const cancel = (): void => void (cancelling ??= cancelQuery(this.#client, this.#pool));
    const { statementTimeoutMs } = limits;
    limits.watch(cancel);
    const timer = statementTimeoutMs > 0 ? setTimeout(cancel, statementTimeoutMs) : undefined;
    try {
      return await run();
    } catch (error) {
      const isStopped = cancelling !== undefined || (sqlStateOf(error) === QUERY_CANCELED && limits.areTimed);
      throw isStopped ? limits.toError(error) : error;
    } finally {
      limits.unwatch(cancel);
      clearTimeout(timer);
      // Only then may the connection be somebody else's: the cancellation must not meet their statement.
      await cancelling;
    }
  }
}

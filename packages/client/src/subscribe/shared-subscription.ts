import type { Runtime } from "../client/runtime-types.ts";
import { ClientError, messageOf } from "../errors.ts";
import type { Shared } from "../operations/shared-observer.ts";
import { createSharedOwner, type SharedOwner } from "../operations/shared-owner.ts";
import type { Context } from "../request/context.ts";
import type { GenericRequestOptions } from "../request/context-types.ts";
import type { ClientResponse } from "../request/response.ts";
import type { MessageDetails } from "./adapter.ts";
import { createAccumulation, type Accumulate } from "./accumulation.ts";
import { createConnection } from "./connection.ts";
import { reconnectDelay, stableAfterMs } from "./reconnection.ts";
import type { SubscriptionBehaviour, SubscriptionSnapshot } from "./subscribe-types.ts";

/** Options of a subscription as its parts know them: the types of messages are the caller's affair. */
export type AnySubscriptionOptions = Omit<SubscriptionBehaviour<never, unknown, Accumulate>, "method"> &
  GenericRequestOptions;

/** A subscription, shared by all observers that are equal. */
export interface SharedSubscription extends Shared<AnySubscriptionOptions, SubscriptionSnapshot> {
  reconnect(): void;
}

const DEFAULT_MAX_ITEMS = 1_000;

export function createSharedSubscription(
  runtime: Runtime,
  path: string,
  queryKey: string,
  initialOptions: AnySubscriptionOptions,
): SharedSubscription {
  const { clock, state } = runtime;
  const accumulation = createAccumulation();
  let status: SubscriptionSnapshot["status"] = "idle";
  let error: ClientError | undefined;
  let failedAttempts = 0;
  let lastEventId: string | undefined;
  let askedDelayMs: number | undefined;
  let openedAt: number | undefined;
  let snapshot: SubscriptionSnapshot | undefined;
  /** Ends the connection, or the request that opens one. */
  let life: AbortController | undefined;
  let cancelReconnect: () => void = () => {};
  let stopFollowing: () => void = () => {};

  const owner: SharedOwner<AnySubscriptionOptions> = createSharedOwner(runtime, path, initialOptions, {
    toRequest,
    changed() {
      snapshot = undefined;
    },
    refetch() {
      failedAttempts = 0;
      return connect();
    },
    started(first) {
      const { generation } = state;
      stopFollowing = state.subscribe(queryKey, () => {
        // What the client forgets as a whole was somebody else's, and so is the connection.
        if (generation !== state.generation) startOver();
      });
      void connect(first);
    },
    updated() {},
    ended() {
      stopFollowing();
      forget();
    },
  });

  const maxItems = () => owner.options.maxItems ?? DEFAULT_MAX_ITEMS;
  const now = () => clock.now();
  return { maxItems, now } as never;
}

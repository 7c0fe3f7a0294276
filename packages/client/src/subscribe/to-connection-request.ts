import type { GenericRequestOptions } from "../request/context-types.ts";
import type { Accumulate } from "./accumulation.ts";
import type { SubscriptionBehaviour } from "./subscribe-types.ts";

/** Options of a subscription as its parts know them: the types of messages are the caller's affair. */
export type AnySubscriptionOptions = Omit<SubscriptionBehaviour<never, unknown, Accumulate>, "method"> &
  GenericRequestOptions;

/** The options of a request that opens a connection. */
export function toConnectionRequest(options: AnySubscriptionOptions): GenericRequestOptions {
  const { adapter, accumulate: _how, maxItems: _max, reconnect: _when, onMessage: _told, ...rest } = options;
  const { key: _key, ...common } = rest;
  return { ...common, operation: "subscribe", headers: { ...adapter.headers, ...common.headers } };
}

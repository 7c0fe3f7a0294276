export type {
  ConnectionHandlers,
  ConnectionRequest,
  MessageDetails,
  SubscriptionAdapter,
} from "./adapter.ts";
export { createSubscription } from "./create-subscription.ts";
export type {
  Accumulator,
  ReconnectOptions,
  Subscription,
  SubscriptionBehaviour,
  SubscriptionOptions,
  SubscriptionSnapshot,
} from "./subscribe-types.ts";

export { createSubscriptionHook } from "./create-subscription-hook.ts";
export type { SubscriptionResult, UseSubscription } from "./subscription-hook-types.ts";

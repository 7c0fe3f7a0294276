import { serverSentEvents } from "@x/client-subscribe";
import { client, useSubscription } from "../desk.ts";

const adapter = serverSentEvents();

/** Follows what happens in the shop, and fetches anew what it has changed. */
export function useFeed() {
  return useSubscription("orders/feed", {
    adapter,
    accumulate: "append",
    maxItems: 50,
    reconnect: { delayMs: 500, maxDelayMs: 4_000 },
    onMessage: ({ orderId }) => client.invalidate(["orders", `orders/${orderId}`, "products"]),
  });
}

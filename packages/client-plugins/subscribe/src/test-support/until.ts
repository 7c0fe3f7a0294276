import type { Subscription, SubscriptionSnapshot } from "@x/client/subscribe";

/** Resolves with the first snapshot of which something holds. */
export function until<Data>(
  subscription: Pick<Subscription<Data>, "subscribe" | "getSnapshot">,
  holds: (snapshot: SubscriptionSnapshot<Data>) => boolean,
): Promise<SubscriptionSnapshot<Data>> {
  return new Promise((resolve) => {
    const look = () => {
      const snapshot = subscription.getSnapshot();
      if (!holds(snapshot)) return;
      stop();
      resolve(snapshot);
    };
    const stop = subscription.subscribe(look);
    look();
  });
}

/** Resolves as soon as something holds that nobody tells of: what the other end of a wire knows. */
export async function untilTrue(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

import { createSubscription } from "@x/client/subscribe";
import { serverSentEvents } from "@x/client-subscribe";
import { setTimeout as sleep } from "node:timers/promises";
import type { Scene } from "./scene.ts";
import { signIn } from "./sign-in.ts";
import { until } from "./until.ts";

const ORDERS = 3;
/** Grace is quick. */
const PAUSE_MS = 15;

export const liveOrders: Scene = {
  title: "A live subscription",
  look: "one request opens the stream; then what Grace orders elsewhere is on the screen at once",
  async play({ client, createOther, draw }) {
    const grace = createOther();
    await signIn(grace, "grace");

    const arrivals: { readonly id: number; readonly at: number }[] = [];
    const live = createSubscription(client, "orders/events", {
      adapter: serverSentEvents(),
      onMessage: ({ id }) => arrivals.push({ id, at: performance.now() }),
    });
    live.mount();
    await until(live, () => live.getSnapshot().status === "open");

    const confirmed: number[] = [];
    for (let order = 0; order < ORDERS; order += 1) {
      // oxlint-disable-next-line no-await-in-loop -- she orders one after the other.
      await sleep(PAUSE_MS);
      const startedAt = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- as above.
      const { data, status } = await grace.post("orders/create", { body: { product: "tea", quantity: 1 } });
      if (data) confirmed.push(data.id);
      const note = String(status);
      draw({ side: "others", name: "grace orders", startedAt, endedAt: performance.now(), note });
    }
    await until(live, () => arrivals.length >= ORDERS);
    await sleep(PAUSE_MS);
    const end = performance.now();
    live.unmount();

    for (const { id, at } of arrivals)
      draw({ side: "screen", name: `order ${id}`, startedAt: at, endedAt: end });
    return [
      {
        says: `on the screen: orders ${arrivals.map(({ id }) => id).join(", ")}, as Grace placed them`,
        holds: confirmed.length === ORDERS && arrivals.map(({ id }) => id).join() === confirmed.join(),
      },
    ];
  },
};

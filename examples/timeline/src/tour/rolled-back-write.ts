import { defineUpdate } from "@x/client-optimistic";
import type { ShopApi } from "../contract.ts";
import type { Scene } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const update = defineUpdate<ShopApi>();

export const rolledBackWrite: Scene = {
  title: "An optimistic write, and its rollback",
  look: "the order is shown before the server knows of it, and goes when the server refuses it",
  async play({ client, begin, draw }) {
    await signIn(client, "ada");
    const list = client.observe("orders/list");
    list.mount();
    const { data: before = [] } = await client.get("orders/list");
    begin();

    const screens: { readonly orders: number; readonly from: number }[] = [];
    const look = () => {
      const orders = list.getSnapshot().data?.length ?? 0;
      if (orders !== screens.at(-1)?.orders) screens.push({ orders, from: performance.now() });
    };
    const stop = list.subscribe(look);
    look();

    const body = { product: "coffee", quantity: 50 };
    const { error, status } = await client.post("orders/create", {
      body,
      optimistic: update("orders/list", {
        update: (orders) => [...orders, { id: 0, customer: "ada", ...body }],
      }),
    });
    const end = performance.now();
    stop();
    list.unmount();

    for (const [index, { orders, from }] of screens.entries())
      draw({
        side: "screen",
        name: `${orders} orders`,
        startedAt: from,
        endedAt: screens[index + 1]?.from ?? end,
      });
    const shown = screens.map(({ orders }) => orders);
    const known = before.length;
    return [
      {
        says: `on the screen: ${shown.join(", ")} orders`,
        holds: shown.join() === `${known},${known + 1},${known}`,
      },
      {
        says: `refused: ${status} ${error?.body?.code}`,
        holds: status === 409 && error?.body?.code === "OUT_OF_STOCK",
      },
    ];
  },
};

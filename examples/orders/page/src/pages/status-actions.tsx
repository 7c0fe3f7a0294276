import { NEXT_STATUSES } from "../../../api/orders/next-statuses.ts";
import type { Order, OrderPage, OrderStatus } from "../client/types.ts";
import { update, useWrite } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { STATUS_NAMES } from "../parts/status-pill.tsx";
import { notify } from "../parts/toasts.tsx";

const ACTIONS: Readonly<Record<OrderStatus, string>> = {
  new: "Reopen",
  packed: "Mark as packed",
  shipped: "Mark as shipped",
  delivered: "Mark as delivered",
  cancelled: "Cancel order",
};

/** The steps that an order can take next. Each is shown at once, and taken back if the server refuses it. */
export function StatusActions({ order: { id, status: current, version } }: { readonly order: Order }) {
  const { send, isPending } = useWrite("orders/change-status");

  async function change(status: OrderStatus) {
    const { error } = await send({
      body: { id, status, version },
      optimistic: [
        update("orders/detail", {
          query: { id },
          update: (order) => (order.version > version ? order : { ...order, status, version: version + 1 }),
        }),
        // The report reads them as well, and is not guessed at.
        update.tags("orders", (found) => ("orders" in found ? withStatus(found, id, status) : found)),
      ],
    });
    if (!error) return;
    if (error.code === "CONFLICT") {
      const { by, status: theirs } = error.data;
      notify(`${by} has changed order ${id} meanwhile: it is ${STATUS_NAMES[theirs].toLowerCase()}.`);
    } else notify(`Order ${id} is still ${STATUS_NAMES[current].toLowerCase()}. ${describe(error)}`);
  }

  return (
    <div className="actions">
      {NEXT_STATUSES[current].map((status, index) => (
        <button
          key={status}
          className={index === 0 ? "button primary" : "button danger"}
          type="button"
          disabled={isPending}
          onClick={() => void change(status)}
        >
          {ACTIONS[status]}
        </button>
      ))}
    </div>
  );
}

function withStatus(page: OrderPage, id: number, status: OrderStatus): OrderPage {
  return { ...page, orders: page.orders.map((order) => (order.id === id ? { ...order, status } : order)) };
}

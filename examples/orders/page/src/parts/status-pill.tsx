import type { OrderStatus } from "../client/types.ts";

export const STATUS_NAMES: Readonly<Record<OrderStatus, string>> = {
  new: "New",
  packed: "Packed",
  shipped: "Shipped",
  delivered: "Delivered",
  cancelled: "Cancelled",
};

/** How far an order has come, by word and by colour. */
export function StatusPill({ status }: { readonly status: OrderStatus }) {
  return (
    <span className="pill" data-status={status}>
      {STATUS_NAMES[status]}
    </span>
  );
}

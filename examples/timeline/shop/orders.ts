import { EventEmitter, on } from "node:events";

/** An order as the shop keeps it. */
export interface Order {
  readonly id: number;
  readonly product: string;
  readonly quantity: number;
  readonly customer: string;
}

/** In memory: the shop is open for as long as the process runs. */
export const orders: Order[] = [
  { id: 1, product: "tea", quantity: 2, customer: "grace" },
  { id: 2, product: "coffee", quantity: 1, customer: "edsger" },
];

const placed = new EventEmitter<{ order: [Order] }>();

/** Keeps an order, and tells those who follow. */
export function addOrder(order: Omit<Order, "id">): Order {
  const added = { id: orders.length + 1, ...order };
  orders.push(added);
  placed.emit("order", added);
  return added;
}

/** Every order from the time of the call, until the signal aborts. */
export function followOrders(signal: AbortSignal): AsyncIterable<[Order]> {
  // `on` is typed as if it knew nothing of the emitter's events.
  return on(placed, "order", { signal }) as AsyncIterable<[Order]>;
}

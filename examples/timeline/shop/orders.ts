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

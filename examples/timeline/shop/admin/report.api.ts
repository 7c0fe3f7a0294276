import { defineApi } from "@x/server";
import { orders } from "../orders.ts";
import { listStock } from "../stock.ts";

export default defineApi({
  method: "GET",
  handler: () => ({
    orders: orders.length,
    sold: orders.reduce((sum, { quantity }) => sum + quantity, 0),
    left: listStock(),
  }),
});

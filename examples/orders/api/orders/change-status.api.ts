import { defineApi } from "@x/server";
import { z } from "zod";
import { ORDER_STATUSES } from "../../database/tables.ts";
import { rowId } from "../row-id.ts";
import { lockOrder } from "./lock-order.ts";
import { NEXT_STATUSES } from "./next-statuses.ts";

/** Takes an order a step further. What is cancelled goes back into the stock. */
export default defineApi({
  config: { plugins: { pg: { config: { transaction: true } } } },
  schema: z.object({ id: rowId, status: z.enum(ORDER_STATUSES), version: z.int() }),
  errors: {
    NO_SUCH_ORDER: { status: 404, message: "There is no such order." },
    CONFLICT: z.object({ status: z.enum(ORDER_STATUSES), version: z.int(), by: z.string() }),
    WRONG_STEP: z.object({ from: z.enum(ORDER_STATUSES), allowed: z.array(z.enum(ORDER_STATUSES)) }),
  },
  writes: ["orders", "orders/:id", "products"],
  async handler({ params: { id, status, version }, db, tenant, noteEvent, errors }) {
    const order = await lockOrder(tenant, id);
    if (!order) throw errors.NO_SUCH_ORDER();
    if (order.version !== version)
      throw errors.CONFLICT({ status: order.status, version: order.version, by: order.changedBy });
    const allowed = [...NEXT_STATUSES[order.status]];
    if (!allowed.includes(status)) throw errors.WRONG_STEP({ from: order.status, allowed });
    await db
      .updateTable("orders")
      .set({ status, version: version + 1 })
      .where("id", "=", id)
      .execute();
    if (status === "cancelled")
      await db
        .updateTable("products")
        .from("order_lines")
        .set(({ eb, ref }) => ({ stock: eb("stock", "+", ref("order_lines.quantity")) }))
        .whereRef("order_lines.product_id", "=", "products.id")
        .where("order_lines.order_id", "=", id)
        .execute();
    await noteEvent({ orderId: id, kind: "status", detail: status });
    return { id, status, version: version + 1 };
  },
});

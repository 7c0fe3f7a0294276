import { defineApi } from "@x/server";
import { z } from "zod";
import { rowIdText } from "../row-id.ts";

export default defineApi({
  method: "GET",
  schema: z.object({ id: rowIdText }),
  errors: { NO_SUCH_ORDER: { status: 404, message: "There is no such order." } },
  reads: ["orders/:id"],
  async handler({ params: { id }, db, tenant, errors }) {
    const order = await db
      .selectFrom("orders")
      .innerJoin("customers", "customers.id", "orders.customer_id")
      .select([
        "orders.id",
        "status",
        "note",
        "version",
        "total_cents as totalCents",
        "placed_at as placedAt",
      ])
      .select(["customers.name as customer", "customers.email", "customers.city"])
      .where("orders.tenant_id", "=", tenant.id)
      .where("orders.id", "=", id)
      .executeTakeFirst();
    if (!order) throw errors.NO_SUCH_ORDER();
    const lines = await db
      .selectFrom("order_lines")
      .innerJoin("products", "products.id", "order_lines.product_id")
      .select(["sku", "products.name", "quantity", "unit_cents as unitCents"])
      .where("order_id", "=", id)
      .orderBy("sku")
      .execute();
    const history = await db
      .selectFrom("order_events")
      .select(["id", "kind", "detail", "staff_name as by", "happened_at as at"])
      .where("order_id", "=", id)
      .orderBy("id", "desc")
      .execute();
    const attachments = await db
      .selectFrom("attachments")
      .select(({ fn }) => ["id", "name", "type", fn<number>("length", ["bytes"]).as("size")])
      .where("order_id", "=", id)
      .orderBy("id")
      .execute();
    return { ...order, lines, history, attachments };
  },
});

import { defineJob } from "@x/jobs";
import { z } from "zod";
import { rowId } from "../api/row-id.ts";
import { formatMail } from "./format-mail.ts";

/** Puts the mail about an order into the outbox. Another attempt puts the same one there. */
export default defineJob({
  queue: "orders/mail",
  schema: z.object({ tenant: z.string(), orderId: rowId }),
  async handler({ params: { tenant, orderId }, db, files }) {
    const order = await db
      .selectFrom("orders")
      .innerJoin("customers", "customers.id", "orders.customer_id")
      .innerJoin("tenants", "tenants.id", "orders.tenant_id")
      .select(["orders.id", "total_cents as totalCents", "placed_at as placedAt"])
      .select(["customers.name as customer", "email", "tenants.id as shopId", "tenants.name as shop"])
      .where("orders.tenant_id", "=", tenant)
      .where("orders.id", "=", orderId)
      .executeTakeFirstOrThrow();
    const lines = await db
      .selectFrom("order_lines")
      .innerJoin("products", "products.id", "order_lines.product_id")
      .select(["products.name", "quantity", "unit_cents as unitCents"])
      .where("order_id", "=", orderId)
      .orderBy("sku")
      .execute();
    await files.write(`outbox/order-${orderId}.eml`, formatMail({ ...order, lines }));
  },
});

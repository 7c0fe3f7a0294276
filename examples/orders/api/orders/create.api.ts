import { defineApi, HttpError } from "@x/server";
import { z } from "zod";
import orderMail from "../../jobs/order-mail.job.ts";
import { rowId } from "../row-id.ts";

/** Takes an order. It is there with the mail that tells the customer, or neither is. */
export default defineApi({
  config: { plugins: { pg: { config: { transaction: true } } } },
  schema: z.object({
    customerId: rowId,
    note: z.string().max(500).default(""),
    lines: z
      .array(z.object({ sku: z.string(), quantity: z.int().min(1).max(999) }))
      .min(1)
      .max(20)
      .refine(
        (lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length,
        "a product stands there twice",
      ),
  }),
  errors: {
    OUT_OF_STOCK: z.object({ sku: z.string(), product: z.string(), left: z.number() }),
  },
  writes: ["orders", "products"],
  async handler({ params, db, tenant, noteEvent, jobs, errors, setStatusCode }) {
    const customer = await db
      .selectFrom("customers")
      .select("id")
      .where("tenant_id", "=", tenant.id)
      .where("id", "=", params.customerId)
      .executeTakeFirst();
    if (!customer) throw new HttpError({ statusCode: 400, message: "There is no such customer." });

    const lines: { product_id: number; quantity: number; unit_cents: number }[] = [];
    // Always in the same order, so that two orders never wait for each other.
    for (const { sku, quantity } of params.lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))) {
      const product = await db
        .selectFrom("products")
        .select(["id", "name", "price_cents", "stock"])
        .where("tenant_id", "=", tenant.id)
        .where("sku", "=", sku)
        .forUpdate()
        .executeTakeFirst();
      if (!product) throw new HttpError({ statusCode: 400, message: `There is no product ${sku}.` });
      if (product.stock < quantity)
        throw errors.OUT_OF_STOCK({ sku, product: product.name, left: product.stock });
      await db
        .updateTable("products")
        .set({ stock: product.stock - quantity })
        .where("id", "=", product.id)
        .execute();
      lines.push({ product_id: product.id, quantity, unit_cents: product.price_cents });
    }

    const total_cents = lines.reduce((sum, { quantity, unit_cents }) => sum + quantity * unit_cents, 0);
    const order = await db
      .insertInto("orders")
      .values({ tenant_id: tenant.id, customer_id: customer.id, note: params.note, total_cents })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("order_lines")
      .values(lines.map((line) => Object.assign(line, { order_id: order.id })))
      .execute();
    await noteEvent({ orderId: order.id, kind: "created", detail: "new" });
    const mail = await jobs.enqueue(orderMail, { tenant: tenant.id, orderId: order.id }, { db });
    setStatusCode(201);
    return { id: order.id, mail: mail.id };
  },
});

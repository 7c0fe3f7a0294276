import { defineApi } from "@x/server";
import { sql } from "kysely";

const LOW_STOCK = 5;

export default defineApi({
  method: "GET",
  reads: ["orders", "products"],
  async handler({ db, tenant }) {
    const orders = db.selectFrom("orders").where("tenant_id", "=", tenant.id);
    const statuses = await orders
      .select(({ fn }) => ["status", fn.countAll<number>().as("orders")])
      .groupBy("status")
      .execute();
    const days = await orders
      .select([
        sql<string>`to_char(placed_at, 'YYYY-MM-DD')`.as("day"),
        sql<number>`count(*)::integer`.as("orders"),
        sql<number>`sum(total_cents)::integer`.as("totalCents"),
      ])
      .where("status", "!=", "cancelled")
      .where("placed_at", ">=", sql<Date>`date_trunc('day', now()) - interval '13 days'`)
      .groupBy("day")
      .orderBy("day")
      .execute();
    const lowStock = await db
      .selectFrom("products")
      .select(["sku", "name", "stock"])
      .where("tenant_id", "=", tenant.id)
      .where("stock", "<", LOW_STOCK)
      .orderBy("stock")
      .execute();
    return { statuses, days, lowStock };
  },
});

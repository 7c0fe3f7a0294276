import { defineApi } from "@x/server";
import { sql } from "kysely";

const LOW_STOCK = 5;
const DAYS = 14;

/** How the shop does: as it is now, and day by day as the latest nightly report has it. */
export default defineApi({
  method: "GET",
  reads: ["orders", "products"],
  async handler({ db, tenant }) {
    const statuses = await db
      .selectFrom("orders")
      .select(["status", sql<number>`count(*)::integer`.as("orders")])
      .where("tenant_id", "=", tenant.id)
      .groupBy("status")
      .execute();
    const days = await db
      .selectFrom("reports")
      .select([sql<string>`to_char(day, 'YYYY-MM-DD')`.as("day"), "orders", "total_cents as totalCents"])
      .select("made_at as madeAt")
      .where("tenant_id", "=", tenant.id)
      .orderBy("reports.day", "desc")
      .limit(DAYS)
      .execute();
    const lowStock = await db
      .selectFrom("products")
      .select(["sku", "name", "stock"])
      .where("tenant_id", "=", tenant.id)
      .where("stock", "<", LOW_STOCK)
      .orderBy("stock")
      .execute();
    return { statuses, days: days.toReversed(), lowStock };
  },
});

import { defineJob } from "@x/jobs";
import { sql } from "kysely";
import { z } from "zod";
import { formatCents } from "./format-cents.ts";
import { toCsvLine } from "./to-csv-line.ts";

const ORDERS_AT_ONCE = 100;
const HEADINGS = ["order", "placed", "status", "customer", "email", "city", "total", "note"];

/** Writes a shop's orders into a file, some at a time, and tells how far it is. */
export default defineJob({
  queue: "orders/export",
  schema: z.object({ tenant: z.string() }),
  async handler({ params: { tenant }, db, files, job, progress }) {
    const { count } = await db
      .selectFrom("orders")
      .select(sql<number>`count(*)::integer`.as("count"))
      .where("tenant_id", "=", tenant)
      .executeTakeFirstOrThrow();
    let done = 0;

    async function* toLines() {
      yield toCsvLine(HEADINGS);
      for (let latest = 0, isLast = false; !isLast;) {
        const orders = await db
          .selectFrom("orders")
          .innerJoin("customers", "customers.id", "orders.customer_id")
          .select(["orders.id", "placed_at", "status", "total_cents", "note"])
          .select(["customers.name", "email", "city"])
          .where("orders.tenant_id", "=", tenant)
          .where("orders.id", ">", latest)
          .orderBy("orders.id")
          .limit(ORDERS_AT_ONCE)
          .execute();
        for (const { id, placed_at, status, name, email, city, total_cents, note } of orders)
          yield toCsvLine([
            String(id),
            placed_at.toISOString(),
            status,
            name,
            email,
            city,
            formatCents(total_cents),
            note,
          ]);
        latest = orders.at(-1)?.id ?? latest;
        isLast = orders.length < ORDERS_AT_ONCE;
        done += orders.length;
        // Orders come in while it is written.
        progress({ done, of: isLast ? done : Math.max(done, count) });
      }
    }

    await files.write(`exports/${tenant}/${job.id}.csv`, toLines());
  },
});

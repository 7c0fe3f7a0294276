import { defineApi } from "@x/server";
import { z } from "zod";
import { ORDER_STATUSES } from "../../database/tables.ts";
import { toLikePattern } from "../../database/to-like-pattern.ts";
import { rowIdText } from "../row-id.ts";

const ORDERS_A_PAGE = 30;

/** The latest orders first, page by page: `before` is the `next` of the page before. */
export default defineApi({
  method: "GET",
  schema: z.object({
    search: z.string().max(100).optional(),
    status: z.enum(ORDER_STATUSES).optional(),
    before: rowIdText.optional(),
  }),
  reads: ["orders"],
  async handler({ params: { search, status, before }, db, tenant }) {
    let query = db
      .selectFrom("orders")
      .innerJoin("customers", "customers.id", "orders.customer_id")
      .select(["orders.id", "status", "version", "total_cents as totalCents", "placed_at as placedAt"])
      .select(["customers.name as customer", "customers.city"])
      .where("orders.tenant_id", "=", tenant.id)
      .orderBy("orders.id", "desc")
      .limit(ORDERS_A_PAGE + 1);
    if (status) query = query.where("status", "=", status);
    if (before) query = query.where("orders.id", "<", before);
    if (search) {
      const text = toLikePattern(search);
      const number = /^#?(\d{1,9})$/.exec(search.trim())?.[1];
      query = query.where(({ eb, or }) =>
        or([
          eb("customers.name", "ilike", text),
          eb("customers.city", "ilike", text),
          eb("customers.email", "ilike", text),
          ...(number ? [eb("orders.id", "=", Number(number))] : []),
        ]),
      );
    }
    const rows = await query.execute();
    const orders = rows.slice(0, ORDERS_A_PAGE);
    return { orders, next: rows.length > ORDERS_A_PAGE ? orders.at(-1)!.id : null };
  },
});

import { getClient } from "@x/server-pg";

/** Reads an order of a shop for a change, which nobody else can make before the request's transaction has ended. */
export async function lockOrder(tenant: { readonly id: string }, id: number) {
  const order = await getClient()
    .selectFrom("orders")
    .select(["status", "note", "version"])
    .where("tenant_id", "=", tenant.id)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!order) return undefined;
  const latest = await getClient()
    .selectFrom("order_events")
    .select("staff_name")
    .where("order_id", "=", id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return { ...order, changedBy: latest?.staff_name ?? "somebody" };
}

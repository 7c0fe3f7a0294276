import { defineApi } from "@x/server";

export default defineApi({
  method: "GET",
  reads: ["products"],
  handler: ({ db, tenant }) =>
    db
      .selectFrom("products")
      .select(["sku", "name", "price_cents as priceCents", "stock"])
      .where("tenant_id", "=", tenant.id)
      .orderBy("sku")
      .execute(),
});

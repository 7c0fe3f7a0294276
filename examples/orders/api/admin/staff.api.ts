import { defineApi } from "@x/server";

export default defineApi({
  method: "GET",
  reads: ["staff"],
  handler: ({ db, tenant }) =>
    db
      .selectFrom("staff")
      .select(["id", "name", "email", "role"])
      .where("tenant_id", "=", tenant.id)
      .orderBy("name")
      .execute(),
});

import { defineApi } from "@x/server";
import { z } from "zod";
import { toLikePattern } from "../../database/to-like-pattern.ts";

export default defineApi({
  method: "GET",
  schema: z.object({ search: z.string().max(100).default("") }),
  reads: ["customers"],
  handler: ({ params, db, tenant }) =>
    db
      .selectFrom("customers")
      .select(["id", "name", "email", "city"])
      .where("tenant_id", "=", tenant.id)
      .where("name", "ilike", toLikePattern(params.search))
      .orderBy("name")
      .limit(20)
      .execute(),
});

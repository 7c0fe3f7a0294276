import { defineApi } from "@x/server";
import { issueToken } from "./issue-token.ts";

/** A new token for whoever has a session. Who has left the staff, or changed roles, is noticed here. */
export default defineApi({
  errors: { SIGNED_OUT: { status: 401, message: "Sign in again." } },
  async handler({ db, session, config, errors }) {
    const staff = await db
      .selectFrom("staff")
      .innerJoin("tenants", "tenants.id", "staff.tenant_id")
      .select(["staff.id", "staff.name", "role", "tenant_id", "tenants.name as shop"])
      .where("staff.id", "=", (await session.get("staffId")) ?? 0)
      .executeTakeFirst();
    if (!staff) throw errors.SIGNED_OUT();
    return issueToken(staff, config);
  },
});

import { defineApi } from "@x/server";
import { z } from "zod";
import { ROLES } from "../../database/tables.ts";
import { rowId } from "../row-id.ts";

/** Somebody's tokens keep their role until they end, five minutes at most. */
export default defineApi({
  config: { plugins: { pg: { config: { transaction: true } } } },
  schema: z.object({ id: rowId, role: z.enum(ROLES) }),
  errors: {
    LAST_MANAGER: { message: "Somebody has to be a manager." },
    NO_SUCH_PERSON: { status: 404, message: "There is nobody like that in your shop." },
  },
  writes: ["staff"],
  async handler({ params: { id, role }, db, tenant, errors }) {
    const staff = await db
      .selectFrom("staff")
      .select(["id", "role"])
      .where("tenant_id", "=", tenant.id)
      .forUpdate()
      .execute();
    if (!staff.some((it) => it.id === id)) throw errors.NO_SUCH_PERSON();
    if (role !== "manager" && !staff.some((it) => it.role === "manager" && it.id !== id))
      throw errors.LAST_MANAGER();
    await db.updateTable("staff").set({ role }).where("id", "=", id).execute();
    return { id, role };
  },
});

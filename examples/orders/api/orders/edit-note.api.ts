import { defineApi } from "@x/server";
import { z } from "zod";
import { rowId } from "../row-id.ts";
import { lockOrder } from "./lock-order.ts";

/** Changes the note, unless somebody has changed the order since the caller has seen it. */
export default defineApi({
  config: { plugins: { pg: { config: { transaction: true } } } },
  schema: z.object({ id: rowId, note: z.string().max(500), version: z.int() }),
  errors: {
    NO_SUCH_ORDER: { status: 404, message: "There is no such order." },
    CONFLICT: z.object({ note: z.string(), version: z.int(), by: z.string() }),
  },
  writes: ["orders", "orders/:id"],
  async handler({ params: { id, note, version }, db, tenant, noteEvent, errors }) {
    const order = await lockOrder(tenant, id);
    if (!order) throw errors.NO_SUCH_ORDER();
    if (order.version !== version)
      throw errors.CONFLICT({ note: order.note, version: order.version, by: order.changedBy });
    await db
      .updateTable("orders")
      .set({ note, version: version + 1 })
      .where("id", "=", id)
      .execute();
    await noteEvent({ orderId: id, kind: "note", detail: note });
    return { id, note, version: version + 1 };
  },
});

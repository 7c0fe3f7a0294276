import { defineApi } from "@x/server";
import { z } from "zod";
import { lockOrder } from "../orders/lock-order.ts";
import { rowIdText } from "../row-id.ts";

/** Keeps a file with an order. How large it may be, faas.yaml says. */
export default defineApi({
  config: { plugins: { pg: { config: { transaction: true } } } },
  schema: z.object({
    orderId: rowIdText,
    file: z.file().mime(["application/pdf", "image/jpeg", "image/png", "text/csv", "text/plain"]),
  }),
  errors: { NO_SUCH_ORDER: { status: 404, message: "There is no such order." } },
  writes: ["orders/:orderId"],
  async handler({ params: { orderId, file }, db, tenant, noteEvent, errors, setStatusCode }) {
    const name = file.name.slice(-200);
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!(await lockOrder(tenant, orderId))) throw errors.NO_SUCH_ORDER();
    const { id } = await db
      .insertInto("attachments")
      .values({ tenant_id: tenant.id, order_id: orderId, name, type: file.type, bytes })
      .returning("id")
      .executeTakeFirstOrThrow();
    await noteEvent({ orderId, kind: "attachment", detail: name });
    setStatusCode(201);
    return { id };
  },
});

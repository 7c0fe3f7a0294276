import { defineApi } from "@x/server";
import { z } from "zod";
import { rowIdText } from "../row-id.ts";

/** The bytes of a file. They are for saving: a file from anywhere is never shown as a page of the desk. */
export default defineApi({
  method: "GET",
  schema: z.object({ id: rowIdText }),
  errors: { NO_SUCH_FILE: { status: 404, message: "There is no such file." } },
  async handler({ params: { id }, db, tenant, errors, setHeader }) {
    const file = await db
      .selectFrom("attachments")
      .select(["name", "type", "bytes"])
      .where("tenant_id", "=", tenant.id)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!file) throw errors.NO_SUCH_FILE();
    setHeader("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    setHeader("x-content-type-options", "nosniff");
    return new Blob([new Uint8Array(file.bytes)], { type: file.type });
  },
});

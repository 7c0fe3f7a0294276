import { defineApi } from "@x/server";
import { z } from "zod";

/** The file that an export has written. */
export default defineApi({
  method: "GET",
  schema: z.object({ id: z.uuid() }),
  errors: { NO_SUCH_EXPORT: { status: 404, message: "There is no such export, or it is not through yet." } },
  async handler({ params: { id }, files, tenant, errors, setHeader }) {
    const file = await files.read(`exports/${tenant.id}/${id}.csv`);
    if (!file) throw errors.NO_SUCH_EXPORT();
    setHeader("content-disposition", 'attachment; filename="orders.csv"');
    setHeader("content-type", "text/csv; charset=utf-8");
    return file;
  },
});

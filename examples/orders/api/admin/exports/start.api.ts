import { defineApi } from "@x/server";
import exportOrders from "../../../jobs/export-orders.job.ts";

/** Begins to write all orders into a file. How far it is, `jobs/progress` tells by the id that this gives. */
export default defineApi({
  writes: [],
  async handler({ jobs, tenant, setStatusCode }) {
    const { id } = await jobs.enqueue(exportOrders, { tenant: tenant.id });
    setStatusCode(202);
    return { id };
  },
});

import { defineApi, eventStream } from "@x/server";
import { followOrders } from "../orders.ts";

export default defineApi({
  method: "GET",
  handler({ signal }) {
    // From this moment on, and not from when the client first asks for an event.
    const placed = followOrders(signal);
    async function* events() {
      for await (const [order] of placed) yield { event: "order", id: String(order.id), data: order };
    }
    return eventStream(events(), { signal });
  },
});

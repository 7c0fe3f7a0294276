import { defineApi, eventStream } from "@x/server";
import { rowIdText } from "../row-id.ts";
import { followEvents, latestEventId } from "./order-events.ts";

/** What happens in the shop, as it happens. Who was away for a moment gets what was missed. */
export default defineApi({
  method: "GET",
  async handler({ event, db, tenant, signal }) {
    const known = rowIdText.safeParse(event.headers["last-event-id"]).data;
    const after = known ?? (await latestEventId(db, tenant.id));
    async function* toServerSent() {
      for await (const it of followEvents(db, tenant.id, after, signal))
        yield { id: String(it.id), data: it };
    }
    return eventStream(toServerSent(), { signal });
  },
});

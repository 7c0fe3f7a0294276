import type { Order } from "../client/types.ts";
import { describeEvent } from "../panel/describe-event.ts";
import { formatMoment } from "../parts/format.ts";

/** What has happened to an order, the latest first. */
export function OrderHistory({ order: { history } }: { readonly order: Order }) {
  return (
    <section className="card">
      <h2>History</h2>
      <ol className="history inside">
        {history.map((event) => (
          <li key={event.id}>
            It {describeEvent(event)}
            <div className="soft small">
              {event.by} · {formatMoment(event.at)}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

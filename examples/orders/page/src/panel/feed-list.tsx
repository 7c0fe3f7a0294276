import { formatAge } from "../parts/format.ts";
import { Link } from "../parts/router.tsx";
import { describeEvent } from "./describe-event.ts";
import type { useFeed } from "./use-feed.ts";

/** What has happened in the shop since the page was opened, the latest first. */
export function FeedList({ feed }: { readonly feed: ReturnType<typeof useFeed> }) {
  const events = (feed.data ?? []).toReversed();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Live feed, the latest first">
      {events.length === 0 && (
        <p className="soft">Nothing has happened since you came. Changes appear here at once.</p>
      )}
      <ol className="feed">
        {events.map((event) => (
          <li key={event.id}>
            <Link href={`/orders/${event.orderId}`}>Order {event.orderId}</Link> {describeEvent(event)}
            <div className="soft">
              {event.by} · {formatAge(event.at)}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

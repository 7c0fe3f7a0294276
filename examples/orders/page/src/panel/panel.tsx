import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Me } from "../client/session.ts";
import { timelines } from "../desk.ts";
import { FeedList } from "./feed-list.tsx";
import { RequestItem } from "./request-item.tsx";
import type { useFeed } from "./use-feed.ts";

interface PanelProps {
  readonly me: Me;
  readonly feed: ReturnType<typeof useFeed>;
  /** Where there is no room for it beside the page, it lies over it. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What goes on underneath: the plugins that each request went through, and what others do. */
export function Panel({ me, feed, isOpen, onClose }: PanelProps) {
  const [shown, setShown] = useState<"requests" | "feed">("requests");
  const requests = useSyncExternalStore(timelines.subscribe, timelines.getSnapshot);
  const latest = requests[0]?.id;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) close.current?.focus();
  }, [isOpen]);

  return (
    <aside
      className="panel"
      aria-label="What goes on underneath"
      hidden={!isOpen}
      onKeyDown={({ key }) => key === "Escape" && onClose()}
    >
      <header>
        <div className="choices">
          <button type="button" aria-pressed={shown === "requests"} onClick={() => setShown("requests")}>
            Requests
          </button>
          <button type="button" aria-pressed={shown === "feed"} onClick={() => setShown("feed")}>
            Live feed
          </button>
        </div>
        <button className="button quiet compact" type="button" ref={close} onClick={onClose}>
          Close
        </button>
      </header>
      {shown === "feed" ? (
        <FeedList feed={feed} />
      ) : (
        <>
          <div className="scroll" tabIndex={0} role="region" aria-label="Requests, the latest first">
            {requests.map((timeline) => (
              <RequestItem key={timeline.id} timeline={timeline} isLatest={timeline.id === latest} />
            ))}
          </div>
          <footer className="legend">
            <span>client</span>
            <span className="server">server</span>
            <span className="threw">failed</span>
            {me.role !== "manager" && <p>The server tells its steps to managers alone.</p>}
          </footer>
        </>
      )}
    </aside>
  );
}

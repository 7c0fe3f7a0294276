import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Me } from "../client/session.ts";
import { NewOrder } from "../pages/new-order.tsx";
import { Office } from "../pages/office.tsx";
import { OrderDetail } from "../pages/order-detail.tsx";
import { Orders } from "../pages/orders.tsx";
import { Boundary } from "../parts/boundary.tsx";
import { Notice } from "../parts/notice.tsx";
import { Link, useLocation } from "../parts/router.tsx";
import { Panel } from "../panel/panel.tsx";
import { useFeed } from "../panel/use-feed.ts";
import { TopBar } from "./top-bar.tsx";

/** What somebody who is signed in sees: the bar, a page, and beside it what goes on underneath. */
export function Desk({ me }: { readonly me: Me }) {
  const { path } = useLocation();
  const feed = useFeed();
  const [isPanelOpen, setPanelOpen] = useState(false);
  const content = useRef<HTMLElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);

  function closePanel() {
    flushSync(() => setPanelOpen(false));
    toggle.current?.focus();
  }

  // Whoever reads by ear or goes by keyboard is taken along to another page, though not to the first one.
  const shownPath = useRef(path);
  useEffect(() => {
    if (shownPath.current !== path) content.current?.focus({ preventScroll: true });
    shownPath.current = path;
  }, [path]);

  return (
    <div className="desk">
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <TopBar me={me} path={path} feedStatus={feed.status} />
      <div className="body">
        <main id="content" tabIndex={-1} ref={content}>
          <Boundary key={path}>
            <Page path={path} />
          </Boundary>
        </main>
        <Panel me={me} feed={feed} isOpen={isPanelOpen} onClose={closePanel} />
      </div>
      <button
        className="button primary panel-toggle"
        type="button"
        hidden={isPanelOpen}
        ref={toggle}
        onClick={() => setPanelOpen(true)}
      >
        Requests
      </button>
    </div>
  );
}

function Page({ path }: { readonly path: string }) {
  const order = /^\/orders\/(\d+)$/.exec(path)?.[1];
  if (order) return <OrderDetail id={Number(order)} />;
  if (path === "/") return <Orders />;
  if (path === "/new") return <NewOrder />;
  if (path === "/office") return <Office />;
  return (
    <Notice title="There is no such page">
      <Link className="button" href="/">
        To the orders
      </Link>
    </Notice>
  );
}

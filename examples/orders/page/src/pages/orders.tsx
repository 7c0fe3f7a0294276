import { useEffect, useRef } from "react";
import type { OrderStatus } from "../client/types.ts";
import { usePages } from "../desk.ts";
import { Failure } from "../parts/failure.tsx";
import { Notice } from "../parts/notice.tsx";
import { Link, navigate, useLocation } from "../parts/router.tsx";
import { Skeleton } from "../parts/skeleton.tsx";
import { useTitle } from "../parts/use-title.ts";
import { OrderRowLink } from "./order-row-link.tsx";
import { OrdersToolbar } from "./orders-toolbar.tsx";

/** All orders of the shop, the latest first. What is looked for stands in the address. */
export function Orders() {
  useTitle("Orders");
  const { query } = useLocation();
  const search = query.get("search") ?? "";
  const status = (query.get("status") ?? undefined) as OrderStatus | undefined;

  const list = usePages("orders/list", {
    initialPageParam: undefined as number | undefined,
    toRequest: (before) => ({
      query: { ...(search && { search }), ...(status && { status }), ...(before && { before }) },
    }),
    getNextPageParam: ({ next }) => next,
    debounceMs: search ? 250 : 0,
    // While something else is looked for, what was found last stays, and says by its looks that it is not that.
    keepPreviousData: true,
  });
  const orders = list.pages.flatMap(({ orders: onPage }) => onPage);
  const isOld = list.isPreviousData;

  return (
    <>
      <div className="heading">
        <h1>Orders</h1>
        <div className="actions">
          <Link className="button primary" href="/new">
            New order
          </Link>
        </div>
      </div>
      <OrdersToolbar search={search} status={status} onChange={look} />
      <div className="card">
        {orders.length > 0 ? (
          <>
            <div className="orders-head" aria-hidden="true">
              <span>Order</span>
              <span>Customer</span>
              <span>Placed</span>
              <span>Status</span>
              <span className="number">Total</span>
            </div>
            <ul className="orders-list" data-old={isOld || undefined} aria-busy={isOld}>
              {orders.map((order) => (
                <li key={order.id}>
                  <OrderRowLink order={order} />
                </li>
              ))}
            </ul>
          </>
        ) : list.isLoading ? (
          <Skeleton lines={8} />
        ) : list.error ? (
          <Failure error={list.error} onRetry={() => list.retry()} />
        ) : (
          <Notice title="No order fits">
            <button className="button" type="button" onClick={() => navigate("/")}>
              Show all orders
            </button>
          </Notice>
        )}
      </div>
      {orders.length > 0 && list.error && <Failure error={list.error} onRetry={() => list.retry()} />}
      {list.hasNext && !list.error && (
        <More isFetching={list.isFetchingNext} onMore={() => void list.fetchNext()} />
      )}
    </>
  );
}

function look(search: string, status: OrderStatus | undefined): void {
  const query = new URLSearchParams({ ...(search && { search }), ...(status && { status }) });
  navigate(query.size > 0 ? `/?${query}` : "/", { replace: true });
}

/** Asks for more when it comes into sight, and by a press for those who do not scroll. */
function More({ isFetching, onMore }: { readonly isFetching: boolean; readonly onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current(), {
      rootMargin: "300px",
    });
    observer.observe(button.current!);
    return () => observer.disconnect();
  }, [isFetching]);
  return (
    <div className="notice" style={{ padding: "var(--space-4)" }}>
      <button className="button" type="button" ref={button} disabled={isFetching} onClick={onMore}>
        {isFetching ? "Loading…" : "Show more"}
      </button>
    </div>
  );
}

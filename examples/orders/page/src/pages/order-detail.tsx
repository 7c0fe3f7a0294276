import type { Order } from "../client/types.ts";
import { useRead } from "../desk.ts";
import { Failure } from "../parts/failure.tsx";
import { formatMoment, formatMoney } from "../parts/format.ts";
import { Notice } from "../parts/notice.tsx";
import { Link } from "../parts/router.tsx";
import { Skeleton } from "../parts/skeleton.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { useTitle } from "../parts/use-title.ts";
import { Attachments } from "./attachments.tsx";
import { NoteEditor } from "./note-editor.tsx";
import { OrderHistory } from "./order-history.tsx";
import { OrderLines } from "./order-lines.tsx";
import { StatusActions } from "./status-actions.tsx";

/** One order: what is in it, what is to be done, what has happened. */
export function OrderDetail({ id }: { readonly id: number }) {
  useTitle(`Order ${id}`);
  const { data: order, error, isLoading, refetch } = useRead("orders/detail", { query: { id } });

  if (order) return <OrderPage order={order} />;
  if (isLoading || !error)
    return (
      <div className="card">
        <Skeleton lines={7} />
      </div>
    );
  if (error.code === "NO_SUCH_ORDER")
    return (
      <Notice title={`There is no order ${id}`}>
        <Link className="button" href="/">
          To the orders
        </Link>
      </Notice>
    );
  return <Failure error={error} onRetry={refetch} />;
}

function OrderPage({ order }: { readonly order: Order }) {
  const { id, status, customer, email, city, placedAt, totalCents } = order;
  return (
    <>
      <p className="small">
        <Link href="/">All orders</Link>
      </p>
      <div className="heading">
        <h1>Order {id}</h1>
        <StatusPill status={status} />
        <StatusActions order={order} />
      </div>
      <div className="order-columns">
        <div className="stack">
          <OrderLines order={order} />
          <NoteEditor order={order} />
          <Attachments order={order} />
        </div>
        <div className="stack">
          <section className="card">
            <h2>Customer</h2>
            <dl className="facts inside">
              <dt>Name</dt>
              <dd>{customer}</dd>
              <dt>Email</dt>
              <dd>
                <a href={`mailto:${email}`}>{email}</a>
              </dd>
              <dt>City</dt>
              <dd>{city}</dd>
              <dt>Placed</dt>
              <dd>{formatMoment(placedAt)}</dd>
              <dt>Total</dt>
              <dd>{formatMoney(totalCents)}</dd>
            </dl>
          </section>
          <OrderHistory order={order} />
        </div>
      </div>
    </>
  );
}

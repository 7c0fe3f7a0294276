import { memo } from "react";
import type { OrderRow } from "../client/types.ts";
import { formatAge, formatMoment, formatMoney } from "../parts/format.ts";
import { Link } from "../parts/router.tsx";
import { StatusPill } from "../parts/status-pill.tsx";

/** One order of the list; all of it leads there. */
export const OrderRowLink = memo(function OrderRowLink({ order }: { readonly order: OrderRow }) {
  const { id, customer, city, placedAt, status, totalCents } = order;
  return (
    <Link className="order-row" href={`/orders/${id}`}>
      <span className="id">
        <span className="visually-hidden">Order </span>
        {id}
      </span>
      <span className="customer">
        {customer} <span className="soft small">{city}</span>
      </span>
      <span className="placed soft small" title={formatMoment(placedAt)}>
        {formatAge(placedAt)}
      </span>
      <span className="status">
        <StatusPill status={status} />
      </span>
      <span className="total number">{formatMoney(totalCents)}</span>
    </Link>
  );
});

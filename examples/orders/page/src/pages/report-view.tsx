import type { Report } from "../client/types.ts";
import { formatMoment, formatMoney } from "../parts/format.ts";

const OPEN = new Set(["new", "packed"]);
const dayName = new Intl.DateTimeFormat("en-IE", { day: "numeric" });

/** How the shop does: what is open, what came in, what runs out. */
export function ReportView({ report: { statuses, days, lowStock } }: { readonly report: Report }) {
  const open = statuses.filter(({ status }) => OPEN.has(status)).reduce((sum, { orders }) => sum + orders, 0);
  const revenue = days.reduce((sum, { totalCents }) => sum + totalCents, 0);
  const orders = days.reduce((sum, day) => sum + day.orders, 0);
  const madeAt = days.at(-1)?.madeAt;
  const most = Math.max(1, ...days.map(({ totalCents }) => totalCents));

  return (
    <>
      <dl className="tiles">
        <Tile name="Open orders" value={String(open)} />
        <Tile name="Revenue, 14 days" value={formatMoney(revenue)} />
        <Tile name="Orders, 14 days" value={String(orders)} />
        <Tile name="Running out" value={String(lowStock.length)} />
      </dl>
      <section className="card">
        <header>
          <h2>Revenue by day</h2>
          <span className="soft small">
            {madeAt ? `Report of ${formatMoment(madeAt)}` : "The first report is made tonight"}
          </span>
        </header>
        <ol className="chart inside">
          {days.map(({ day, orders: count, totalCents }) => (
            <li key={day} title={`${day}: ${count} orders, ${formatMoney(totalCents)}`}>
              <span className="visually-hidden">
                {day}: {count} orders, {formatMoney(totalCents)}
              </span>
              <span
                className="column"
                aria-hidden="true"
                style={{ height: `${(totalCents / most) * 100}%` }}
              />
              <span aria-hidden="true">{dayName.format(new Date(day))}</span>
            </li>
          ))}
        </ol>
      </section>
      <section className="card">
        <h2>Running out</h2>
        {lowStock.length === 0 ? (
          <p className="inside soft">There is enough of everything.</p>
        ) : (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Product</th>
                <th scope="col" className="number">
                  Left
                </th>
              </tr>
            </thead>
            <tbody>
              {lowStock.map(({ sku, name, stock }) => (
                <tr key={sku}>
                  <td>
                    {name} <span className="soft small mono">{sku}</span>
                  </td>
                  <td className="number">{stock}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

function Tile({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="card tile">
      <dt className="soft small">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

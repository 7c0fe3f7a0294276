import type { Order } from "../client/types.ts";
import { formatMoney } from "../parts/format.ts";

/** What was ordered, at the prices of that day. */
export function OrderLines({ order: { lines, totalCents } }: { readonly order: Order }) {
  return (
    <section className="card">
      <h2>Products</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col" className="number">
              Quantity
            </th>
            <th scope="col" className="number">
              Sum
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ sku, name, quantity, unitCents }) => (
            <tr key={sku}>
              <td>
                {name}
                <div className="soft small mono">{sku}</div>
              </td>
              <td className="number">
                {quantity} <span className="soft">× {formatMoney(unitCents)}</span>
              </td>
              <td className="number">{formatMoney(quantity * unitCents)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>Total</td>
            <td className="number">{formatMoney(totalCents)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

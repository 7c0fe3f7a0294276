import type { Contract } from "../../../api/contract.ts";
import type { Product } from "../client/types.ts";
import { formatMoney } from "../parts/format.ts";

/** A line of an order that is being put together. Without a product it does not count. */
export interface DraftLine {
  readonly sku: string;
  readonly quantity: number;
}

interface LinesEditorProps {
  readonly products: readonly Product[];
  readonly lines: readonly DraftLine[];
  /** Which product there is too little of. */
  readonly outOfStock: Contract["orders/create"]["POST"]["errors"]["OUT_OF_STOCK"] | undefined;
  readonly onChange: (lines: readonly DraftLine[]) => void;
}

/** What is ordered: a product and how many of it, line by line. */
export function LinesEditor({ products, lines, outOfStock, onChange }: LinesEditorProps) {
  const change = (index: number, line: Partial<DraftLine>) =>
    onChange(lines.map((it, at) => (at === index ? { ...it, ...line } : it)));

  return (
    <ul className="lines-editor stack">
      {lines.map(({ sku, quantity }, index) => {
        const taken = new Set(lines.filter((_, at) => at !== index).map((it) => it.sku));
        const lacks =
          sku !== "" && outOfStock?.sku === sku && quantity > outOfStock.left ? outOfStock : undefined;
        return (
          <li key={index}>
            <div className="field">
              <label htmlFor={`product-${index}`}>Product</label>
              <select
                className="input"
                id={`product-${index}`}
                value={sku}
                onChange={(event) => change(index, { sku: event.target.value })}
              >
                <option value="">Choose…</option>
                {products
                  .filter((it) => !taken.has(it.sku))
                  .map((it) => (
                    <option key={it.sku} value={it.sku}>
                      {it.name} · {formatMoney(it.priceCents)} · {it.stock} left
                    </option>
                  ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor={`quantity-${index}`}>Quantity</label>
              <input
                className="input"
                id={`quantity-${index}`}
                type="number"
                min={1}
                max={999}
                required
                value={quantity}
                aria-invalid={lacks ? true : undefined}
                aria-describedby={lacks ? `lacks-${index}` : undefined}
                onChange={(event) => change(index, { quantity: event.target.valueAsNumber || 1 })}
              />
            </div>
            <button
              className="button quiet"
              type="button"
              aria-label={`Remove product ${index + 1}`}
              disabled={lines.length === 1}
              onClick={() => onChange(lines.filter((_, at) => at !== index))}
            >
              Remove
            </button>
            {lacks && (
              <div className="fault" id={`lacks-${index}`} role="alert">
                {lacks.left === 0
                  ? `There is no ${lacks.product} left.`
                  : `There are ${lacks.left} left of ${lacks.product}.`}
                {lacks.left > 0 && (
                  <button
                    className="button compact"
                    type="button"
                    onClick={() => change(index, { quantity: lacks.left })}
                  >
                    Take {lacks.left}
                  </button>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

import { type FormEvent, useState } from "react";
import type { Customer } from "../client/types.ts";
import { useRead, useWrite } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { formatMoney } from "../parts/format.ts";
import { navigate } from "../parts/router.tsx";
import { notify } from "../parts/toasts.tsx";
import { useTitle } from "../parts/use-title.ts";
import { CustomerPicker } from "./customer-picker.tsx";
import { type DraftLine, LinesEditor } from "./lines-editor.tsx";

const EMPTY: DraftLine = { sku: "", quantity: 1 };

/** An order by phone: for whom, and what. The stock has the last word. */
export function NewOrder() {
  useTitle("New order");
  const { data: products = [] } = useRead("products/list");
  const [customer, setCustomer] = useState<Customer>();
  const [lines, setLines] = useState<readonly DraftLine[]>([EMPTY]);
  const { send, error, isPending } = useWrite("orders/create");
  const chosen = lines.filter(({ sku }) => sku);
  const totalCents = chosen.reduce(
    (sum, { sku, quantity }) => sum + quantity * (products.find((it) => it.sku === sku)?.priceCents ?? 0),
    0,
  );
  const outOfStock = error?.code === "OUT_OF_STOCK" ? error.data : undefined;

  async function place(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!customer) return;
    const note = String(new FormData(event.currentTarget).get("note"));
    const { data } = await send({ body: { customerId: customer.id, note, lines: [...chosen] } });
    if (!data) return;
    notify(`Order ${data.id} is placed.`);
    navigate(`/orders/${data.id}`);
  }

  return (
    <>
      <div className="heading">
        <h1>New order</h1>
      </div>
      <form className="stack" onSubmit={(event) => void place(event)}>
        <section className="card">
          <h2>Customer</h2>
          <div className="inside">
            <CustomerPicker customer={customer} onPick={setCustomer} />
          </div>
        </section>
        <section className="card">
          <h2>Products</h2>
          <div className="inside stack">
            <LinesEditor products={products} lines={lines} outOfStock={outOfStock} onChange={setLines} />
            <div>
              <button className="button" type="button" onClick={() => setLines([...lines, EMPTY])}>
                Add a product
              </button>
            </div>
          </div>
        </section>
        <section className="card">
          <h2>
            <label htmlFor="note">Note</label>
          </h2>
          <div className="inside">
            <textarea className="input" id="note" name="note" maxLength={500} placeholder="Optional" />
          </div>
        </section>
        {error && !outOfStock && (
          <p className="alert" role="alert">
            {describe(error)}
          </p>
        )}
        <div className="row">
          <button
            className="button primary"
            type="submit"
            disabled={isPending || !customer || chosen.length === 0}
          >
            {isPending ? "Placing…" : "Place order"}
          </button>
          <span className="soft">Total {formatMoney(totalCents)}</span>
        </div>
      </form>
    </>
  );
}

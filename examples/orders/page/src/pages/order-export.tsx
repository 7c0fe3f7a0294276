import { useWrite } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { ExportProgress } from "./export-progress.tsx";

/** All orders of the shop as a file. A job writes it, which goes on when the page is left. */
export function OrderExport() {
  const { send, data, error, isPending } = useWrite("admin/exports/start");
  const start = () => void send();

  return (
    <section className="card">
      <h2>Export</h2>
      <div className="inside stack">
        {data ? (
          <ExportProgress key={data.id} id={data.id} onAgain={start} />
        ) : (
          <div className="row">
            <button className="button" type="button" disabled={isPending} onClick={start}>
              Export all orders
            </button>
            <span className="soft">As CSV, for spreadsheets.</span>
          </div>
        )}
        {error && (
          <p className="fault" role="alert">
            {describe(error)}
          </p>
        )}
      </div>
    </section>
  );
}

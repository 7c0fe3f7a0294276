import { useRead } from "../desk.ts";
import { Failure } from "../parts/failure.tsx";
import { Skeleton } from "../parts/skeleton.tsx";
import { useTitle } from "../parts/use-title.ts";
import { OrderExport } from "./order-export.tsx";
import { ReportView } from "./report-view.tsx";
import { StaffTable } from "./staff-table.tsx";

/** What managers look at. Who is none learns that from the server. */
export function Office() {
  useTitle("Office");
  const report = useRead("admin/report");
  const staff = useRead("admin/staff");
  const error = report.error ?? staff.error;
  const retry = () => Promise.all([report.refetch(), staff.refetch()]);

  return (
    <>
      <div className="heading">
        <h1>Office</h1>
      </div>
      {report.data && staff.data ? (
        <div className="stack">
          <ReportView report={report.data} />
          <OrderExport />
          <StaffTable staff={staff.data} />
        </div>
      ) : (
        <div className="card">
          {error ? <Failure error={error} onRetry={retry} /> : <Skeleton lines={8} />}
        </div>
      )}
    </>
  );
}

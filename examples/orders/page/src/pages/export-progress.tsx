import { serverSentEvents } from "@x/client-subscribe";
import { client, useSubscription } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { saveFile } from "../parts/save-file.ts";
import { notify } from "../parts/toasts.tsx";

interface ExportProgressProps {
  /** Of the job. */
  readonly id: string;
  readonly onAgain: () => void;
}

const FILE_NAME = "orders.csv";
const adapter = serverSentEvents();

/** How far an export is, as its job tells it; then the file, or why there is none. */
export function ExportProgress({ id, onAgain }: ExportProgressProps) {
  const { data: job, error } = useSubscription("jobs/progress", { adapter, query: { id } });
  // What the job reports, the contract of `jobs/progress` does not know: it is there for all jobs.
  const progress = job?.progress as { readonly done: number; readonly of: number } | null | undefined;
  const again = (
    <button className="button" type="button" onClick={onAgain}>
      Export again
    </button>
  );

  if (job?.state === "completed")
    return (
      <div className="row">
        <button className="button primary" type="button" onClick={() => void download(id)}>
          Download {FILE_NAME}
        </button>
        {again}
        <span className="soft">{progress?.done ?? 0} orders</span>
      </div>
    );
  if (error || job?.state === "failed" || job?.state === "cancelled")
    return (
      <div className="row" role="alert">
        <span className="fault">{error ? describe(error) : "The export did not get through."}</span>
        {again}
      </div>
    );
  return (
    <>
      <progress
        className="progress"
        aria-label="Exporting orders"
        max={progress?.of}
        value={progress?.done}
      />
      <span className="soft small">
        {progress ? `${progress.done} of ${progress.of} orders` : "It is about to begin."}
      </span>
    </>
  );
}

async function download(id: string): Promise<void> {
  const { data, error } = await client.get("admin/exports/read", { query: { id }, responseType: "blob" });
  if (error) return notify(`${FILE_NAME} could not be fetched. ${describe(error)}`);
  saveFile(data, FILE_NAME);
}

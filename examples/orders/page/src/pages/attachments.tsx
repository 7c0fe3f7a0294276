import { type ChangeEvent, useId } from "react";
import type { Order } from "../client/types.ts";
import { client, useQueue } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { formatSize } from "../parts/format.ts";
import { saveFile } from "../parts/save-file.ts";
import { notify } from "../parts/toasts.tsx";

/** The files of an order. Several are sent at once, two at a time, and each tells how far it is. */
export function Attachments({ order: { id, attachments } }: { readonly order: Order }) {
  const inputId = useId();
  const uploads = useQueue("attachments/add", { concurrency: 2 });
  const unfinished = uploads.items.filter(({ status }) => status !== "success");

  function add(event: ChangeEvent<HTMLInputElement>) {
    for (const file of event.target.files ?? []) {
      const body = new FormData();
      body.set("orderId", String(id));
      body.set("file", file);
      const { done, id: task } = uploads.add({ body });
      void done.then(({ error }) => {
        if (error) return;
        uploads.remove(task);
        notify(`${file.name} is with order ${id}.`);
      });
    }
    // The same file again is a change, too.
    event.target.value = "";
  }

  return (
    <section className="card">
      <header>
        <h2>Files</h2>
        <label className="button quiet compact" htmlFor={inputId}>
          Add files
        </label>
        <input
          className="visually-hidden"
          id={inputId}
          type="file"
          multiple
          accept=".pdf,.jpg,.jpeg,.png,.csv,.txt"
          onChange={add}
        />
      </header>
      <div className="inside stack">
        {attachments.length + unfinished.length === 0 ? (
          <p className="soft">None. PDF, JPEG, PNG, CSV or text, up to 5 MB each.</p>
        ) : (
          <ul className="files">
            {attachments.map(({ id: fileId, name, size }) => (
              <li key={fileId}>
                <button
                  className="button quiet compact name"
                  type="button"
                  onClick={() => void save(fileId, name)}
                >
                  {name}
                </button>
                <span className="soft small number">{formatSize(size)}</span>
              </li>
            ))}
            {unfinished.map(({ id: task, input, status, error, progress }) => (
              <li key={task}>
                <span className="name">{fileOf(input.body).name}</span>
                {status === "error" || status === "aborted" ? (
                  <span className="row">
                    <button className="button compact" type="button" onClick={() => void uploads.retry(task)}>
                      Try again
                    </button>
                    <button
                      className="button quiet compact"
                      type="button"
                      onClick={() => uploads.remove(task)}
                    >
                      Remove
                    </button>
                  </span>
                ) : (
                  <button className="button quiet compact" type="button" onClick={() => uploads.abort(task)}>
                    Stop
                  </button>
                )}
                {error ? (
                  <span className="fault" role="alert">
                    {status === "aborted" ? "Stopped." : describe(error)}
                  </span>
                ) : (
                  <progress
                    className="progress"
                    aria-label={`Sending ${fileOf(input.body).name}`}
                    max={progress?.totalBytes ?? fileOf(input.body).size}
                    value={progress?.transferredBytes ?? 0}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function fileOf(body: FormData): File {
  return body.get("file") as File;
}

async function save(id: number, name: string): Promise<void> {
  const { data, error } = await client.get("attachments/read", { query: { id }, responseType: "blob" });
  if (error) return notify(`${name} could not be fetched. ${describe(error)}`);
  saveFile(data, name);
}

import { useState } from "react";
import type { Order } from "../client/types.ts";
import { client, useWrite } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { notify } from "../parts/toasts.tsx";

/** A note that is being written, in place of which one, and for which version of the order. */
interface Draft {
  readonly text: string;
  readonly former: string;
  readonly version: number;
}

/** The order's note. Who writes while somebody else does sees both, and decides. */
export function NoteEditor({ order: { id, note, version } }: { readonly order: Order }) {
  const [draft, setDraft] = useState<Draft>();
  const { send, error, isPending, reset } = useWrite("orders/edit-note");
  const conflict = error?.code === "CONFLICT" ? error.data : undefined;

  async function save(latest: Draft): Promise<void> {
    const { error: refusal } = await send({ body: { id, note: latest.text, version: latest.version } });
    // Something else of the order has changed, and nobody else has touched the note.
    if (refusal?.code === "CONFLICT" && refusal.data.note === latest.former)
      return save({ ...latest, version: refusal.data.version });
    if (refusal) return;
    setDraft(undefined);
    reset();
    notify("The note is saved.");
  }

  function close() {
    setDraft(undefined);
    reset();
  }

  function takeTheirs() {
    close();
    client.invalidate(`orders/${id}`);
  }

  return (
    <section className="card">
      <header>
        <h2>Note</h2>
        {!draft && (
          <button
            className="button quiet compact"
            type="button"
            onClick={() => setDraft({ text: note, former: note, version })}
          >
            {note ? "Edit" : "Add a note"}
          </button>
        )}
      </header>
      {draft ? (
        <form
          className="inside stack"
          onSubmit={(event) => {
            event.preventDefault();
            void save(draft);
          }}
        >
          <textarea
            className="input"
            aria-label="Note"
            maxLength={500}
            autoFocus
            value={draft.text}
            onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          />
          {conflict ? (
            <div className="alert calm" role="alert">
              <p>
                <strong>{conflict.by} has changed this order</strong> while you were writing. Which note shall
                it have?
              </p>
              <div className="versions">
                <div>
                  <div className="small soft">Theirs</div>
                  <blockquote>{conflict.note || "No note"}</blockquote>
                </div>
                <div>
                  <div className="small soft">Yours</div>
                  <blockquote>{draft.text || "No note"}</blockquote>
                </div>
              </div>
              <div className="row">
                <button
                  className="button primary"
                  type="button"
                  disabled={isPending}
                  onClick={() => void save({ ...draft, former: conflict.note, version: conflict.version })}
                >
                  Save mine
                </button>
                <button className="button" type="button" onClick={takeTheirs}>
                  Take theirs
                </button>
              </div>
            </div>
          ) : (
            <>
              {error && (
                <p className="fault" role="alert">
                  {describe(error)}
                </p>
              )}
              <div className="row">
                <button className="button primary" type="submit" disabled={isPending}>
                  {isPending ? "Saving…" : "Save note"}
                </button>
                <button className="button" type="button" onClick={close}>
                  Cancel
                </button>
              </div>
            </>
          )}
        </form>
      ) : (
        <p className={note ? "inside" : "inside soft"}>{note || "No note."}</p>
      )}
    </section>
  );
}

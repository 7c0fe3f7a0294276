import type { RequestError } from "@x/client";
import { Notice } from "./notice.tsx";

interface FailureProps {
  readonly error: RequestError;
  readonly onRetry: () => unknown;
}

/** Why something is not there, and what can be done. */
export function Failure({ error, onRetry }: FailureProps) {
  if (error.status === 403)
    return (
      <Notice title="This part is for managers">
        <p>Ask one of yours if you need it.</p>
      </Notice>
    );
  // The server has been replaced by one that this page does not fit.
  const isOutOfDate = error.code === "CONTRACT_SKEW";
  return (
    <div role="alert">
      <Notice title={toTitle(error)}>
        <p>{describe(error)}</p>
        <button
          className="button"
          type="button"
          onClick={() => (isOutOfDate ? location.reload() : void onRetry())}
        >
          {isOutOfDate ? "Load the page again" : "Try again"}
        </button>
      </Notice>
    </div>
  );
}

function toTitle({ code }: RequestError): string {
  if (code === "NETWORK_ERROR") return "The desk cannot be reached";
  if (code === "TIMEOUT") return "The desk takes too long to answer";
  if (code === "CONTRACT_SKEW") return "The desk has changed";
  return "That did not work";
}

/** What the server says in words for people, else what the client knows. */
export function describe({ body, code, status }: RequestError): string {
  if (code === "CONTRACT_SKEW") return "This page is older than the server. Load it again to go on.";
  const detail = (body as { detail?: unknown } | undefined)?.detail;
  if (typeof detail === "string") return detail;
  if (code === "NETWORK_ERROR") return "Is the network there? What you see may be out of date.";
  if (code === "TIMEOUT") return "It may be busy. Nothing is lost.";
  return status ? `The server answered ${status}.` : `Something failed: ${code}.`;
}

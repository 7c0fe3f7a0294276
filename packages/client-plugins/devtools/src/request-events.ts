import type { ClientResponse, RequestContext } from "@x/client";
import type { Curtain } from "./curtain.ts";
import { known } from "./known.ts";
import type { Recorder } from "./recorder.ts";
import { toPlain } from "./to-plain.ts";

/** Tells of a request that nobody was told of yet, `agoMs` after it was made. */
export function tellStarted(context: RequestContext, recorder: Recorder, curtain: Curtain, agoMs = 0): void {
  const { requestId, isNew } = recorder.identify(context);
  if (!isNew) return;
  recorder.record(() => {
    const { instanceId, observed, operationType, method, path, queryKey, tags, request } = context;
    return {
      type: "request-start",
      time: context.requestTimestamp,
      monotonicMs: performance.now() - agoMs,
      requestId,
      instanceId,
      observed,
      operationType,
      method,
      path,
      queryKey,
      tags: [...tags],
      ...known("params", toPlain(request.params)),
      ...known("query", toPlain(request.query)),
      headers: curtain.headers(request.headers),
      ...known("body", curtain.body(request.body)),
    };
  });
}

/** Tells what became of a request. */
export function tellSettled(
  context: RequestContext,
  response: ClientResponse,
  recorder: Recorder,
  curtain: Curtain,
): void {
  // A request that was refused, or made while nobody listened, has come through no wrapped step.
  const durationMs = context.clock.now() - context.requestTimestamp;
  tellStarted(context, recorder, curtain, durationMs);
  const { data, error, status, headers, aborted } = response;
  recorder.record(() => ({
    type: "request-settle",
    requestId: recorder.identify(context).requestId,
    queryKey: context.queryKey,
    outcome: aborted ? "aborted" : error ? "error" : "success",
    status,
    durationMs,
    headers: curtain.headers(headers),
    ...(error ? { error: curtain.error(error) } : known("data", curtain.body(data))),
  }));
}

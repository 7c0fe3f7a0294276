import type * as OpenTelemetry from "@opentelemetry/api";

/** What carries a trace across processes: `traceparent`, and what else the propagator has. */
export type TraceCarrier = Readonly<Record<string, string>>;

/** What ties the runs of jobs to the requests that have enqueued them. */
export interface Tracing {
  /** The current trace, or `undefined` outside of any. */
  inject(): TraceCarrier | undefined;
  /** Runs an attempt in a span of its own that is linked to the trace that enqueued it. */
  run<Result>(
    queue: string,
    carrier: TraceCarrier | undefined,
    attempt: () => Promise<Result>,
  ): Promise<Result>;
}

/** For programs without OpenTelemetry. */
const untraced: Tracing = { inject: () => undefined, run: (_queue, _carrier, attempt) => attempt() };

/** Tracing by `@opentelemetry/api` where the program has it. */
export async function loadTracing(): Promise<Tracing> {
  try {
    return createTracing(await import("@opentelemetry/api"));
  } catch {
    return untraced;
  }
}

function createTracing(api: typeof OpenTelemetry): Tracing {
  const { context, propagation, trace, ROOT_CONTEXT, SpanKind, SpanStatusCode } = api;
  const tracer = trace.getTracer("@x/jobs");
  return {
    inject() {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return Object.keys(carrier).length > 0 ? carrier : undefined;
    },
    run(queue, carrier, attempt) {
      const enqueuer = carrier && trace.getSpanContext(propagation.extract(ROOT_CONTEXT, carrier));
      // Linked, not nested: the request has long ended, and may have enqueued thousands.
      const options = { kind: SpanKind.CONSUMER, links: enqueuer ? [{ context: enqueuer }] : [] };
      return tracer.startActiveSpan(`process ${queue}`, options, ROOT_CONTEXT, async (span) => {
        try {
          return await attempt();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
  };
}

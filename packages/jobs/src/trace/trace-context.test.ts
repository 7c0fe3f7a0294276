import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { silentLogger } from "@x/server/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createJobs } from "../create-jobs.ts";
import { defineJob } from "../job/define-job.ts";
import { eventually } from "../test-support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "../test-support/open-test-database.ts";

const exporter = new InMemorySpanExporter();
let opened: TestDatabase;

beforeAll(async () => {
  opened = await openTestDatabase("PGlite");
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  propagation.setGlobalPropagator({
    inject: (from, carrier, setter) => {
      const span = trace.getSpanContext(from);
      if (span) setter.set(carrier, "traceparent", `00-${span.traceId}-${span.spanId}-01`);
    },
    extract(into, carrier, getter) {
      const [, traceId, spanId] = String(getter.get(carrier, "traceparent") ?? "").split("-");
      return traceId && spanId
        ? trace.setSpanContext(into, { traceId, spanId, traceFlags: 1, isRemote: true })
        : into;
    },
    fields: () => ["traceparent"],
  });
});
afterAll(async () => {
  trace.disable();
  context.disable();
  propagation.disable();
  await opened.close();
});

it("a job runs in a span of its own, linked to the trace of the request that has enqueued it", async () => {
  const active: (string | undefined)[] = [];
  const job = defineJob({
    queue: "traced",
    handler: () => void active.push(trace.getActiveSpan()?.spanContext().traceId),
  });
  await using jobs = createJobs({ db: opened.db, jobs: [job], logger: silentLogger });
  const request = trace.getTracer("test").startSpan("POST /orders");
  await context.with(trace.setSpan(context.active(), request), () => jobs.enqueue(job));
  request.end();
  await jobs.work({ pollIntervalMs: 50 });
  const span = await eventually(() =>
    exporter.getFinishedSpans().find(({ name }) => name === "process traced"),
  );
  expect(span.links.map(({ context: { traceId, spanId } }) => [traceId, spanId])).toEqual([
    [request.spanContext().traceId, request.spanContext().spanId],
  ]);
  expect(span.spanContext().traceId).not.toBe(request.spanContext().traceId);
  expect(active).toEqual([span.spanContext().traceId]);
});

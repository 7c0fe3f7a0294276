import type { ClientResponse } from "../../../request/response.ts";
import { flushMicrotasks } from "../../flush-microtasks.ts";
import { broken, show } from "../broken.ts";
import { PATIENCE_MS, type ContractBench, type Subject } from "../contract-bench.ts";
import type { Answer } from "../contract-server.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const STEP_MS = 50;

/** A moment at which a caller may lose patience. */
interface Moment {
  readonly what: string;
  readonly reach: (subject: Subject) => Promise<void> | void;
  /** What the server does with the first request; what comes after it waits. */
  readonly first?: Answer;
}

const MOMENTS: readonly Moment[] = [
  { what: "at once", reach: () => {} },
  { what: "before the clock moves", reach: () => flushMicrotasks() },
  { what: "while it is under way", reach: untilSent },
  { what: "after it has failed once", first: { status: 503 }, reach: untilSent },
];

/** Moves the clock on until the server has been asked. What waits before it is sent is sent later than it was made. */
async function untilSent({ server, clock }: Subject): Promise<void> {
  await flushMicrotasks();
  for (let waitedMs = 0; server.requests.length === 0 && waitedMs < PATIENCE_MS; waitedMs += STEP_MS)
    await clock.advance(STEP_MS);
}

/** Who asked may leave. */
export const ABORT_CHECK: PluginPromise = {
  id: "abort",
  name: "lets the caller's abort through, at once",
  async run(bench) {
    for (const moment of MOMENTS)
      for (const operation of ["read", "write"] as const) await checkMoment(bench, operation, moment);
  },
};

async function checkMoment(
  bench: ContractBench,
  operation: "read" | "write",
  { what, reach, first = "later" }: Moment,
): Promise<void> {
  const subject = bench.createSubject();
  const { server, client, clock } = subject;
  server.answerBy((_request, count) => (count === 1 ? first : "later"));
  const controller = new AbortController();
  const settled: ClientResponse[] = [];
  void subject.send(operation, { signal: controller.signal }).then((response) => settled.push(response));
  await reach(subject);
  // It has its answer already, as from a plugin that makes one up.
  if (settled.length > 0) return client.dispose();
  const sent = server.requests.length;
  controller.abort();
  await flushMicrotasks();

  const request = `a ${operation} that its caller aborts ${what}`;
  const listen =
    "wait by untilAborted(promise, context.request.signal), and end timers when the signal aborts";
  const response = settled[0] ?? broken(`${request} goes on waiting`, listen);
  if (!response.aborted)
    broken(
      `${request} settles with ${show(response.error ?? response.data)}, as if it had not been aborted`,
      "return what next() gave, and make nothing else of a response that says aborted",
    );
  if (server.later.some((held) => !held.request.signal?.aborted))
    broken(`the fetch of ${request} is not aborted`, "leave context.request.signal as it is");
  await clock.advance(PATIENCE_MS);
  if (server.requests.length > sent)
    broken(`${request} is sent nevertheless`, `end what would send it, and ${listen}`);
  client.dispose();
}

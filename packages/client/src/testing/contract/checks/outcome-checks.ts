import { isClientError } from "../../../errors.ts";
import type { AnyPlugin } from "../../../plugin/plugin.ts";
import type { GenericRequestOptions } from "../../../request/context-types.ts";
import type { ClientResponse } from "../../../request/response.ts";
import { broken, show } from "../broken.ts";
import { standIn, type ContractBench, type Subject } from "../contract-bench.ts";
import type { Answer } from "../contract-server.ts";
import type { PluginPromise } from "../plugin-promise.ts";

/** A way in which a request may end. */
interface Ending {
  readonly what: string;
  readonly answer?: Answer;
  readonly around?: () => readonly AnyPlugin[];
  readonly options?: GenericRequestOptions;
  /** The status that the caller is to see, where the request fails. */
  readonly failure?: number;
}

const FAILURES: readonly Ending[] = [
  { what: "that is answered with 404", answer: { status: 404, data: { reason: "gone" } }, failure: 404 },
  { what: "that is answered with 500 and null", answer: { status: 500, data: null }, failure: 500 },
  { what: "that is answered with 503 and nothing", answer: { status: 503 }, failure: 503 },
  { what: "that the network fails", answer: new TypeError("network down"), failure: 0 },
  { what: "that takes too long", answer: "later", options: { timeoutMs: 1_000 }, failure: 0 },
  {
    what: "of which a plugin inside throws",
    around: () => [
      standIn("inner", () => {
        throw new Error("thrown inside");
      }),
    ],
    failure: 0,
  },
  {
    what: "that a plugin inside refuses",
    around: () => [standIn("inner", () => ({ status: 403, data: "no" }))],
    failure: 403,
  },
];

const OTHERS: readonly Ending[] = [
  { what: "that is answered" },
  { what: "that is answered with 204", answer: { status: 204 } },
  { what: "that a plugin inside answers", around: () => [standIn("inner", () => ({ data: "early" }))] },
  { what: "that a plugin outside answers", around: () => [standIn("outer", () => ({ data: "early" }))] },
  {
    what: "that a plugin outside refuses",
    around: () => [standIn("outer", () => ({ status: 403, data: "no" }))],
    failure: 403,
  },
];

/** What becomes of requests, however they end. */
export const OUTCOME_CHECKS: readonly PluginPromise[] = [
  {
    id: "outcomes",
    name: "settles on every outcome, and throws on none",
    async run(bench) {
      for (const ending of [...OTHERS, ...FAILURES])
        for (const operation of ["read", "write"] as const) {
          const { response, subject } = await bringAbout(bench, operation, ending);
          checkBlame(subject, response, `a ${operation} ${ending.what}`);
          subject.client.dispose();
        }
    },
  },
  {
    id: "failures",
    name: "makes no success of a failure, and no failure of a success",
    async run(bench) {
      for (const ending of [...OTHERS, ...FAILURES])
        for (const operation of ["read", "write"] as const) {
          const { response, subject } = await bringAbout(bench, operation, ending);
          checkOutcome(response, ending.failure, `a ${operation} ${ending.what}`);
          subject.client.dispose();
        }
    },
  },
];

async function bringAbout(
  bench: ContractBench,
  operation: "read" | "write",
  { what, answer, around, options }: Ending,
): Promise<{ response: ClientResponse; subject: Subject }> {
  const subject = bench.createSubject({ around: around?.() ?? [] });
  if (answer) subject.server.answerBy(() => answer);
  const response = await subject.settle(`a ${operation} ${what}`, subject.send(operation, options));
  return { response, subject };
}

/** Whether the plugin itself, in any of its hooks, was not up to what it met. */
function checkBlame(subject: Subject, { error }: ClientResponse, what: string): void {
  subject.checkReports(`for ${what}`);
  if (!isClientError(error) || error.plugin !== subject.plugin.name) return;
  if (error.code === "PLUGIN_THREW")
    broken(
      `its middleware threw for ${what}: ${show(error)}`,
      "decide by isFailure(response), and expect no data where there is none",
      error.cause,
    );
  if (error.code === "INVALID_RESPONSE")
    broken(`its middleware returned no response for ${what}`, "return what next() gave", error.cause);
}

function checkOutcome({ error, status }: ClientResponse, failure: number | undefined, what: string): void {
  const skip = 'or skip "failures" with the reason';
  if (failure === undefined) {
    if (error)
      broken(
        `${what} fails with ${show(error)}`,
        `let it through, and decide by isFailure(response), ${skip}`,
      );
    return;
  }
  if (!error)
    broken(`${what} counts as a success`, `return what next() gave: its status says that it failed, ${skip}`);
  if (status !== failure)
    broken(
      `${what} reaches its caller with status ${status}`,
      `keep the response's own: { ...response }, ${skip}`,
    );
}

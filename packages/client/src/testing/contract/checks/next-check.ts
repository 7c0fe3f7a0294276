import { broken } from "../broken.ts";
import type { Answer } from "../contract-server.ts";
import type { PluginPromise } from "../plugin-promise.ts";
import type { WatchedPlugin } from "../watch-plugin.ts";

const ANSWERS: readonly Answer[] = [
  { status: 200, data: [] },
  { status: 503 },
  new TypeError("network down"),
];

/** `next()` once, and awaited. */
export const NEXT_CHECK: PluginPromise = {
  id: "next",
  name: "calls next() at most once unless it is repeatable, and awaits it",
  async run(bench) {
    for (const answer of ANSWERS) {
      for (const operation of ["read", "write"] as const) {
        const subject = bench.createSubject();
        subject.server.answerBy(() => answer);
        await subject.settle(`a ${operation}`, subject.send(operation));
        judge(subject);
        subject.client.dispose();
      }
    }
  },
};

function judge({ runs, plugin }: WatchedPlugin): void {
  for (const { calls, overlapped, endedEarly } of runs) {
    if (calls > 1 && !plugin.repeatable)
      broken(
        `its middleware called next() ${calls} times in one request`,
        "call it once, or say repeatable: true if it sends requests again",
      );
    if (overlapped)
      broken(
        "its middleware called next() while the call before was under way",
        "await each call before the next",
      );
    if (endedEarly)
      broken(
        "its middleware ended before what its next() had started",
        "write await next(), or return next() at the end",
      );
  }
}

import type { NextCall, Run } from "./run.ts";

/** What had come of a promise by now; `undefined` while it is pending, or when there is none. */
export type Outcome = PromiseSettledResult<unknown> | undefined;

/** Every `next()` of a run, outermost first, with what has come of it. */
export async function peekAtCalls(
  run: Run,
): Promise<{ readonly calls: readonly NextCall[]; readonly outcomes: readonly Outcome[] }> {
  const calls = run.report(run) as NextCall[];
  return { calls, outcomes: await Promise.all(calls.map(([, promise]) => peek(promise))) };
}

async function peek(promise: Promise<unknown> | undefined): Promise<Outcome> {
  let outcome: Outcome;
  promise?.then(
    (value) => {
      outcome = { status: "fulfilled", value };
    },
    (reason: unknown) => {
      outcome = { status: "rejected", reason };
    },
  );
  // The reaction of a settled promise is queued before this one.
  await undefined;
  return outcome;
}

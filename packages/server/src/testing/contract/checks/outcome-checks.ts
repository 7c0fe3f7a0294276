import { HttpError } from "../../../errors.ts";
import { broken, show } from "../broken.ts";
import type { ContractBench } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";
import { type HookCall, watchNext } from "../watch-next.ts";

const RESULTS = [{ contract: true }, 0, "", false, null, undefined];
const THROWN = [
  new Error("the contract's own"),
  new HttpError({ statusCode: 409, message: "the contract's own" }),
  "the contract's own",
];

/** What happens further in reaches the caller. */
export const OUTCOME_CHECKS: readonly PluginPromise[] = [
  {
    id: "errors",
    name: "lets errors of the handler and of inner plugins pass as they are",
    async run(bench) {
      for (const thrown of THROWN) await checkInvoke(bench, thrown);
      await checkMount(bench, THROWN[0]);
    },
  },
  {
    id: "results",
    name: "does not lose what the handler returned",
    async run(bench) {
      for (const result of RESULTS) {
        let runs = 0;
        const handler = () => {
          runs += 1;
          return result;
        };
        const got = await bench.withFunc({ plugins: [bench.create()], handler }, (func) => bench.pass(func));
        if (runs === 0) bench.stopped();
        if (!Object.is(got, result))
          broken(
            `the handler returned ${show(result)}, and the caller got ${show(got)}`,
            'leave data.response alone, or skip "results" with the reason why responses are changed',
          );
      }
    },
  },
];

async function checkInvoke(bench: ContractBench, thrown: unknown): Promise<void> {
  const { plugin, calls } = watchNext(bench.create());
  const handler = () => {
    throw thrown;
  };
  const got = await bench.withFunc({ plugins: [plugin], handler }, async (func) => {
    await bench.mount(func);
    return outcomeOf(func.invoke({ event: bench.event() }));
  });
  judge(calls, "onInvoke", thrown, got);
}

async function checkMount(bench: ContractBench, thrown: unknown): Promise<void> {
  const { plugin, calls } = watchNext(bench.create());
  const failing = {
    type: "contract",
    name: "contract-failing",
    onMount: () => {
      throw thrown;
    },
  };
  const got = await bench.withFunc({ plugins: [plugin, failing] }, (func) => outcomeOf(func.mount()));
  judge(calls, "onMount", thrown, got);
}

function judge(
  calls: readonly HookCall[],
  hook: HookCall["hook"],
  thrown: unknown,
  got: { readonly error: unknown } | undefined,
): void {
  const call = calls.find((it) => it.hook === hook);
  // Without the hook, there is nothing that could keep an error.
  if (call && !call.inner && got?.error !== thrown)
    broken(
      `its ${hook} threw ${show(got?.error)} before next()`,
      "give the contract a config and an event with which it goes on",
      got?.error,
    );
  const mend = 'throw what next() threw, or skip "errors" with the reason why they are changed';
  if (!got) broken(`${show(thrown)} was thrown inside, and its ${hook} made a success of it`, mend);
  if (got.error !== thrown)
    broken(`${show(thrown)} was thrown inside, and its ${hook} made ${show(got.error)} of it`, mend);
  // The framework brings a lost failure to light again; in a hook's own logic it is lost all the same.
  if (call?.inner && !call.outer && !call.endedEarly)
    broken(`${show(thrown)} was thrown inside, and its ${hook} caught it and went on`, mend);
}

async function outcomeOf(promise: Promise<unknown>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return { error };
  }
}

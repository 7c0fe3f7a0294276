import type { InvokeData, Plugin } from "../../../types.ts";
import { broken } from "../broken.ts";
import type { ContractBench } from "../contract-bench.ts";
import { fieldsOf, findCount, findShared } from "../data-fields.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const REQUESTS = 5;
const FUNCTIONS = 3;

/** Whose state it is. */
export const STATE_CHECKS: readonly PluginPromise[] = [
  {
    id: "own-state",
    name: "shares no state with an instance in another function",
    async run(bench) {
      const funcs = Array.from({ length: FUNCTIONS }, () => observe(bench, bench.create()));
      const [first, ...others] = funcs;
      try {
        for (const { call } of funcs) for (let request = 0; request < REQUESTS; request += 1) await call();
        const declare = 'keep it in the instance, or skip "own-state" with the reason why it is shared';
        const outcomes = funcs.map(({ seen }) => seen.map(({ passed }) => passed).join());
        if (outcomes.some((it) => it !== outcomes[0]))
          broken("what requests meet in one function depends on those to another", declare);
        const shared = findShared(funcs.map(({ seen }) => seen.map(({ fields }) => fields)));
        if (shared) broken(`data.${shared} is one and the same object in two functions`, declare);
        const count = findCount(funcs.map(({ seen }) => seen.map(({ fields }) => fields)));
        if (count) broken(`data.${count} goes on counting in another function`, declare);
        if (!first!.seen.at(-1)?.passed) return;
        await first!.close();
        for (const { call } of others)
          if (!(await call()))
            broken(
              "a function no longer works once another one, with an instance of its own, is closed",
              declare,
            );
      } finally {
        for (const { close } of funcs) await close();
      }
    },
  },
  {
    id: "shared-instance",
    name: "serves two functions with one instance",
    async run(bench) {
      const plugin = bench.create();
      const [first, second] = [observe(bench, plugin), observe(bench, plugin)];
      const mend = 'count the functions in onMount and onClose, or skip "shared-instance" with a reason';
      try {
        const passed = await Promise.all([first.call(), second.call()]);
        if (passed.includes(false)) broken("one instance does not work in two functions", mend, first.error);
        await first.close();
        if (!(await second.call()))
          broken(
            "closing one function ends the instance for the other, which still uses it",
            mend,
            second.error,
          );
      } finally {
        await first.close();
        await second.close();
      }
    },
  },
];

/** A function whose requests are looked at. */
function observe(bench: ContractBench, plugin: Plugin) {
  const seen: { passed: boolean; fields: Readonly<Record<string, unknown>> }[] = [];
  let data: InvokeData | undefined;
  const func = bench.createFunc({
    plugins: [plugin],
    handler: (given) => {
      // The handler of a function gets the whole of it.
      data = given as InvokeData;
    },
  });
  const observed = {
    seen,
    error: undefined as unknown,
    /** Whether a request came through to the handler and back. */
    async call(): Promise<boolean> {
      data = undefined;
      let passed = false;
      try {
        await func.invoke({ event: bench.event() });
        passed = data !== undefined;
      } catch (error) {
        observed.error = error;
      }
      seen.push({ passed, fields: data ? fieldsOf(data) : {} });
      return passed;
    },
    close: () => func.close().catch(() => {}),
  };
  return observed;
}

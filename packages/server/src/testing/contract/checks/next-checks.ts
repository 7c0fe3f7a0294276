import { broken, show } from "../broken.ts";
import type { ContractBench } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";
import { turns } from "../turns.ts";
import { type HookCall, watchNext } from "../watch-next.ts";

/** `next()` once, and awaited. */
export const NEXT_CHECKS: readonly PluginPromise[] = [
  {
    id: "next-in-mount",
    name: "calls next() once in onMount, and awaits it",
    run: (bench) => checkHook(bench, "onMount"),
  },
  {
    id: "next-in-invoke",
    name: "calls next() once in onInvoke, and awaits it",
    run: (bench) => checkHook(bench, "onInvoke"),
  },
];

async function checkHook(bench: ContractBench, hook: HookCall["hook"]): Promise<void> {
  const { plugin, calls } = watchNext(bench.create());
  if (!plugin[hook]) return;
  const slow = { type: "contract", name: "contract-slow", onMount: afterTurns };
  const failure = await bench.withFunc({ plugins: [plugin, slow], handler: () => turns() }, async (func) => {
    try {
      await func.mount();
      if (hook === "onInvoke") await func.invoke({ event: bench.event() });
      return undefined;
    } catch (error) {
      // A wrong call is told by what the hook did; what else went wrong, by what it threw.
      return { error };
    }
  });
  const seen = calls.filter((call) => call.hook === hook);
  for (const call of seen) judge(call);
  if (failure && !seen.some(({ calls: count }) => count > 0))
    broken(
      `its ${hook} threw ${show(failure.error)} before next()`,
      "give the contract a config and an event with which it goes on",
      failure.error,
    );
}

function judge({ hook, calls, endedEarly, outer }: HookCall): void {
  if (calls > 1) broken(`its ${hook} called next() ${calls} times`, "call it once");
  if (calls === 1 && endedEarly)
    broken(
      `its ${hook} ended before what its next() had started`,
      "write await next(), or return next() at the end",
    );
  if (calls === 0 && !outer)
    broken(
      `its ${hook} did not call next()`,
      hook === "onMount"
        ? "end it with await next(), without which nothing further in is mounted"
        : "await next() for what is let through, and give the contract an event that is",
    );
}

async function afterTurns(_: unknown, next: () => Promise<void>): Promise<void> {
  await turns();
  await next();
}

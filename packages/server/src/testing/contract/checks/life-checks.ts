import type { Plugin } from "../../../types.ts";
import { broken, show } from "../broken.ts";
import type { ContractBench } from "../contract-bench.ts";
import type { PluginPromise } from "../plugin-promise.ts";
import { trackResources } from "../track-resources.ts";

const REQUESTS = 5;

/** From mount to close. */
export const LIFE_CHECKS: readonly PluginPromise[] = [
  {
    id: "mount-again",
    name: "mounts again after a mount that failed",
    async run(bench) {
      let runs = 0;
      const plugins = [bench.create(), failsOnce()];
      await bench.withFunc({ plugins, handler: () => void (runs += 1) }, async (func) => {
        await func.mount().catch(() => {});
        try {
          await func.mount();
        } catch (error) {
          broken(
            `after a mount that failed further in, the next one met ${show(error)}`,
            "let onMount begin anew each time it is called, and onClose take back what it did",
            error,
          );
        }
        await bench.pass(func);
        if (runs === 0) bench.stopped();
      });
    },
  },
  {
    id: "close",
    name: "leaves nothing running when its function is closed",
    async run(bench) {
      const { result, left } = await trackResources(() => liveTwice(bench));
      if (result)
        broken(`its onClose threw ${show(result.error)}`, "let it close what can be closed", result.error);
      if (left.length > 0) broken(`after the close there is still ${left.join(", ")}`, "end it in onClose");
    },
  },
];

/** One life with requests, and one whose mount fails further in. It gives what closing threw. */
async function liveTwice(bench: ContractBench): Promise<{ readonly error: unknown } | undefined> {
  let fails = false;
  const handler = () => {
    if (fails) throw new Error("the contract's own");
  };
  const func = bench.createFunc({ plugins: [bench.create()], handler });
  const unmounted = bench.createFunc({ plugins: [bench.create(), failsOnce()] });
  try {
    await bench.mount(func);
    for (let request = 0; request < REQUESTS; request += 1) await bench.pass(func);
    fails = true;
    await func.invoke({ event: bench.event() }).catch(() => {});
    await unmounted.mount().catch(() => {});
  } catch (error) {
    // It says more than what its close may add.
    await closeAll([func, unmounted]);
    throw error;
  }
  return closeAll([func, unmounted]);
}

async function closeAll(
  funcs: readonly { close(): Promise<void> }[],
): Promise<{ readonly error: unknown } | undefined> {
  for (const func of funcs)
    try {
      await func.close();
    } catch (error) {
      // The plugin's own error is among those that the framework has collected.
      const { cause } = error as Error;
      return { error: cause instanceof AggregateError ? (cause.errors[0] as unknown) : error };
    }
  return undefined;
}

/** Goes with the second attempt. */
function failsOnce(): Plugin {
  let attempts = 0;
  return {
    type: "contract",
    name: "contract-failing",
    async onMount(_, next) {
      attempts += 1;
      if (attempts === 1) throw new Error("the contract's own");
      await next();
    },
  };
}

import type { ContractBench } from "./contract-bench.ts";
import type { PluginCheckId } from "./plugin-check.ts";

/** One promise of the contract, for any plugin. */
export interface PluginPromise {
  readonly id: PluginCheckId;
  readonly name: string;
  run(bench: ContractBench): Promise<void> | void;
}

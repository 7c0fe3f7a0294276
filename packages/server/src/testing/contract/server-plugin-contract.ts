import { CONCURRENCY_CHECK } from "./checks/concurrency-check.ts";
import { CONFIG_CHECKS } from "./checks/config-checks.ts";
import { IDENTITY_CHECKS } from "./checks/identity-checks.ts";
import { JOB_CHECK } from "./checks/job-check.ts";
import { LIFE_CHECKS } from "./checks/life-checks.ts";
import { NEXT_CHECKS } from "./checks/next-checks.ts";
import { OUTCOME_CHECKS } from "./checks/outcome-checks.ts";
import { STATE_CHECKS } from "./checks/state-checks.ts";
import { ContractBench } from "./contract-bench.ts";
import type { CreatePlugin, PluginContractOptions } from "./contract-options.ts";
import type { PluginCheck } from "./plugin-check.ts";

const PROMISES = [
  ...IDENTITY_CHECKS,
  ...NEXT_CHECKS,
  ...OUTCOME_CHECKS,
  ...LIFE_CHECKS,
  ...STATE_CHECKS,
  CONCURRENCY_CHECK,
  ...CONFIG_CHECKS,
  JOB_CHECK,
];

/**
 * What every server plugin promises, as tests for any runner. Each runs new instances in real functions; one that fails
 * says what is wrong and how to mend it. They use the real clock, so no timers may be faked around them.
 *
 * @param create Makes an instance, as the server does: `(options) => new TracePlugin(options)`.
 *
 * @throws RangeError When `skip` names no check of the contract, or gives no reason.
 *
 * @example
 * ```ts
 * import test from "node:test";
 * import type { InvokeData, Next, Plugin, PluginOptions } from "@x/server";
 * import { serverPluginContract } from "@x/server/testing";
 *
 * class TracePlugin implements Plugin {
 *   readonly type: string;
 *   readonly name: string;
 *
 *   constructor({ type, name }: PluginOptions) {
 *     this.type = type;
 *     this.name = name;
 *   }
 *
 *   async onInvoke(data: InvokeData, next: Next) {
 *     await next();
 *     data.logger.info("done");
 *   }
 * }
 *
 * for (const { name, skipped, run } of serverPluginContract((options) => new TracePlugin(options)))
 *   test(name, { skip: skipped ?? false }, run);
 * ```
 */
export function serverPluginContract(
  create: CreatePlugin,
  options: PluginContractOptions = {},
): readonly PluginCheck[] {
  const { skip = {} } = options;
  for (const [id, reason] of Object.entries(skip)) {
    if (!PROMISES.some((promise) => promise.id === id))
      throw new RangeError(`"${id}" is no check: skip some of ${PROMISES.map((it) => it.id).join(", ")}`);
    if (typeof reason !== "string" || reason.trim() === "")
      throw new RangeError(`"${id}" is skipped without a reason: say why it does not hold of this plugin`);
  }
  const bench = new ContractBench(create, options);
  return PROMISES.map((promise) => ({
    id: promise.id,
    name: promise.name,
    skipped: skip[promise.id],
    run: async () => promise.run(bench),
  }));
}

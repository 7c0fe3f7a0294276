import { ABORT_CHECK } from "./checks/abort-check.ts";
import { CONCURRENCY_CHECK } from "./checks/concurrency-check.ts";
import { DATA_CHECK } from "./checks/data-check.ts";
import { DISPOSAL_CHECK } from "./checks/disposal-check.ts";
import { IDENTITY_CHECK } from "./checks/identity-check.ts";
import { INPUTS_CHECK } from "./checks/inputs-check.ts";
import { LIFECYCLE_CHECK } from "./checks/lifecycle-check.ts";
import { NAME_CHECK } from "./checks/name-check.ts";
import { NEXT_CHECK } from "./checks/next-check.ts";
import { OUTCOME_CHECKS } from "./checks/outcome-checks.ts";
import { SETUP_CHECK } from "./checks/setup-check.ts";
import { STATE_CHECK } from "./checks/state-check.ts";
import { createContractBench } from "./contract-bench.ts";
import type { CreatePlugin, PluginContractOptions } from "./contract-options.ts";
import type { PluginCheck } from "./plugin-check.ts";
import type { PluginPromise } from "./plugin-promise.ts";

const PROMISES: readonly PluginPromise[] = [
  NAME_CHECK,
  SETUP_CHECK,
  NEXT_CHECK,
  ...OUTCOME_CHECKS,
  DATA_CHECK,
  INPUTS_CHECK,
  ABORT_CHECK,
  STATE_CHECK,
  CONCURRENCY_CHECK,
  IDENTITY_CHECK,
  LIFECYCLE_CHECK,
  DISPOSAL_CHECK,
];

/**
 * What every client plugin promises, as tests for any runner. Each uses new plugins in real clients on a clock that
 * stands still; one that fails says what is wrong and how to mend it. They watch the platform's timers and event
 * targets, so they run one after the other.
 *
 * @param create Makes a plugin: `() => myPlugin()`. Each call makes a new one.
 *
 * @throws RangeError When `skip` names no check of the contract, or gives no reason.
 *
 * @example
 * ```ts
 * import test from "node:test";
 * import type { ClientPlugin } from "@x/client";
 * import { clientPluginContract } from "@x/client/testing";
 *
 * const traceId = (): ClientPlugin => ({
 *   name: "acme:trace-id",
 *   middleware(context, next) {
 *     context.request.headers["x-trace-id"] = crypto.randomUUID();
 *     return next();
 *   },
 * });
 *
 * for (const { name, skipped, run } of clientPluginContract(traceId)) test(name, { skip: skipped ?? false }, run);
 * ```
 */
export function clientPluginContract(
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
  const bench = createContractBench(create, options);
  return PROMISES.map(({ id, name, run }) => ({
    id,
    name,
    skipped: skip[id],
    run: async () => run(bench),
  }));
}

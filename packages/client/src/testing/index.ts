export { clientPluginContract } from "./contract/client-plugin-contract.ts";
export type { CreatePlugin, PluginContractOptions } from "./contract/contract-options.ts";
export type { PluginCheck, PluginCheckId } from "./contract/plugin-check.ts";
export { createTestBench, type TestBench } from "./create-test-bench.ts";
export { createFakeClock, type FakeClock } from "./fake-clock.ts";
export { flushMicrotasks } from "./flush-microtasks.ts";
export {
  createScriptedTransport,
  type HeldRequest,
  type Reply,
  type ReplyOptions,
  type ScriptedTransport,
} from "./scripted-transport.ts";

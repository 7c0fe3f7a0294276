export { attribute, type AttributeOptions } from "./attribute.ts";
export { compose } from "./compose.ts";
export { composeEager } from "./compose-eager.ts";
export { isPipelineError, PipelineError, type PipelineErrorCode } from "./errors.ts";
export { explain, type ExplainedPlugin, type Explanation } from "./explain.ts";
export {
  observeSteps,
  type StepEndEvent,
  type StepEvent,
  type StepObserver,
  type StepOutcome,
} from "./observe-steps.ts";
export type { PluginIdentity } from "./plugin.ts";
export { resolvePlugins } from "./resolve-plugins.ts";
export { singleFlight } from "./single-flight.ts";
export type {
  Attribution,
  Chain,
  Core,
  EagerChain,
  Next,
  Step,
  StepDefinition,
  StepFunction,
  StepIdentity,
  Steps,
} from "./types.ts";

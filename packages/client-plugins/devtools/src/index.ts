export {
  devtools,
  type DevtoolsConfig,
  type DevtoolsInternal,
  type DevtoolsMethods,
  type DevtoolsTypes,
} from "./devtools.ts";
export type {
  DevtoolsEvent,
  IdentityEvent,
  InvalidateEvent,
  LifecycleEvent,
  PlainError,
  RefetchEvent,
  RequestSettleEvent,
  RequestStartEvent,
  StateChangeEvent,
  StepEndEvent,
  StepStartEvent,
} from "./events.ts";
export type { DevtoolsListener } from "./recorder.ts";

export {
  polling,
  type PollingConfig,
  type PollingOptions,
  type PollingTypes,
  type RefetchInterval,
} from "./polling.ts";
export type { Visibility } from "./visibility.ts";

export { createHooks, type Hooks } from "./create-hooks.ts";
export type { CoreHooks } from "./core/create-core-hooks.ts";
export type { ReactErrorCode } from "./errors.ts";
export type {
  ReadArgument,
  ReadBehaviour,
  ReadFacts,
  ReadOptions,
  ReadResult,
  Skipped,
  UseRead,
} from "./read/read-types.ts";
export type { PagesBehaviour, PagesResult, UsePages } from "./pages/pages-hook-types.ts";
export type { QueueResult, UseQueue } from "./queue/queue-hook-types.ts";
export type { ApiOf, ClientLike, PluginsOf } from "./shared/client-types.ts";
export type { SubscriptionResult, UseSubscription } from "./subscribe/subscription-hook-types.ts";
export type {
  UseWrite,
  WriteActions,
  WriteInput,
  WriteMethod,
  WriteOptions,
  WriteResult,
} from "./write/write-types.ts";

import { authCost } from "./costs/auth.ts";
import { cacheCost } from "./costs/cache.ts";
import { contractCost } from "./costs/contract.ts";
import { debounceCost } from "./costs/debounce.ts";
import { deduplicationCost } from "./costs/deduplication.ts";
import { devtoolsCost } from "./costs/devtools.ts";
import { gcCost } from "./costs/gc.ts";
import { idempotencyCost } from "./costs/idempotency.ts";
import { initialDataCost } from "./costs/initial-data.ts";
import { invalidationCost } from "./costs/invalidation.ts";
import { nextCost } from "./costs/next.ts";
import { optimisticCost } from "./costs/optimistic.ts";
import { persistCost } from "./costs/persist.ts";
import { pollingCost } from "./costs/polling.ts";
import { prefetchCost } from "./costs/prefetch.ts";
import { progressCost } from "./costs/progress.ts";
import { queryStringCost } from "./costs/query-string.ts";
import { refetchCost } from "./costs/refetch.ts";
import { retryCost } from "./costs/retry.ts";
import { throttleCost } from "./costs/throttle.ts";
import { transformCost } from "./costs/transform.ts";
import type { PluginCost } from "./plugin-cost.ts";

/** Every official plugin, in the order of the table. */
export const pluginCosts: readonly PluginCost[] = [
  cacheCost,
  deduplicationCost,
  retryCost,
  invalidationCost,
  optimisticCost,
  contractCost,
  initialDataCost,
  transformCost,
  prefetchCost,
  gcCost,
  idempotencyCost,
  debounceCost,
  throttleCost,
  pollingCost,
  refetchCost,
  progressCost,
  queryStringCost,
  authCost,
  persistCost,
  nextCost,
  devtoolsCost,
];

import { createMemoryLimiter, type MemoryLimiter } from "./memory-limiter.ts";
import type { RateLimitOptions } from "./rate-limit-config.ts";
import { createAddressKey, type CreateKey, toCreateKey } from "./create-key.ts";
import type { LimitSettings, RateLimitSettings } from "./rate-limit-settings.ts";
import type { Limiter } from "./types.ts";

/** A limit with what counts it. */
export interface Limit {
  readonly settings: LimitSettings;
  readonly limiter: Limiter;
  readonly createKey: CreateKey;
  /** For a store; memory answers at once. */
  readonly timeoutMs: number | undefined;
}

/** The limits of a mounted plugin. */
export interface Limits {
  readonly settings: RateLimitSettings;
  readonly limits: readonly Limit[];
  /** Ends what they keep running in this process. A store is whose who opened it. */
  close(): void;
}

/** Makes the limiters of all limits. */
export async function createLimits(
  settings: RateLimitSettings,
  { createLimiter, keys = {} }: Pick<RateLimitOptions, "createLimiter" | "keys">,
): Promise<Limits> {
  const sources = { byAddress: createAddressKey(settings.address), userField: settings.userField, keys };
  const inMemory: MemoryLimiter[] = [];
  const limits: Limit[] = [];
  for (const limit of settings.limits) {
    const { name, points, durationSeconds: duration, blockDurationSeconds: blockDuration, by } = limit;
    const options = { keyPrefix: `${settings.keyPrefix}:${name}`, points, duration, blockDuration };
    const createKey = toCreateKey(by, sources);
    if (createLimiter) {
      const limiter = await createLimiter(options);
      limits.push({ settings: limit, limiter, createKey, timeoutMs: settings.storeTimeoutMs });
      continue;
    }
    const limiter = await createMemoryLimiter(options, settings.maxKeys);
    inMemory.push(limiter);
    limits.push({ settings: limit, limiter, createKey, timeoutMs: undefined });
  }
  return {
    settings,
    limits,
    close() {
      for (const limiter of inMemory) limiter.close();
    },
  };
}

import type { RateLimitConfig } from "./rate-limit-config.ts";

/** Where the address of a client is found. */
export interface AddressSettings {
  readonly trustedProxies: number;
  /** In lower case. */
  readonly header: string;
  readonly ipv6PrefixLength: number;
}

/** One limit that is on. */
export interface LimitSettings {
  readonly name: string;
  readonly points: number;
  readonly durationSeconds: number;
  readonly blockDurationSeconds: number;
  readonly by: string;
}

/** The configuration with its defaults filled in. */
export interface RateLimitSettings {
  readonly limits: readonly LimitSettings[];
  readonly address: AddressSettings;
  readonly userField: string;
  readonly headers: boolean;
  readonly refusesOnStoreError: boolean;
  readonly storeTimeoutMs: number;
  readonly maxKeys: number;
  readonly keyPrefix: string;
}

/** Fills in the defaults of a configuration without faults. */
export function toRateLimitSettings(plugin: string, config: RateLimitConfig): RateLimitSettings {
  const limits = Object.entries(config.limits ?? {});
  return {
    limits: limits.flatMap(([name, limit]) => {
      if (!limit || limit.enabled === false) return [];
      const { points = 0, durationSeconds = 0, blockDurationSeconds, by } = limit;
      return {
        name,
        points,
        durationSeconds,
        blockDurationSeconds: blockDurationSeconds ?? 0,
        by: by ?? "ip",
      };
    }),
    address: {
      trustedProxies: config.trustedProxies ?? 0,
      header: (config.addressHeader ?? "x-forwarded-for").toLowerCase(),
      ipv6PrefixLength: config.ipv6PrefixLength ?? 64,
    },
    userField: config.userField ?? "current_user",
    headers: config.headers ?? true,
    refusesOnStoreError: config.onStoreError === "refuse",
    storeTimeoutMs: config.storeTimeoutMs ?? 1000,
    maxKeys: config.maxKeys ?? 100_000,
    keyPrefix: config.keyPrefix ?? plugin,
  };
}

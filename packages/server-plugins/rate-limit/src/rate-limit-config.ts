import type { PluginOptions } from "@x/server";
import type { CreateLimiter, GetKey } from "./types.ts";

/** One limit. */
export interface LimitConfig {
  /** How many requests fit into the window. */
  readonly points?: number | undefined;
  /** How long the window is. It begins with the first request in it. */
  readonly durationSeconds?: number | undefined;
  /** How long who goes over the limit is refused. Default: 0, until the window ends. */
  readonly blockDurationSeconds?: number | undefined;
  /**
   * Whose requests are counted together: `ip`, `user`, `header:<name>`, or a name from `keys`. A request without the
   * user or the header counts by its address. Default: `ip`.
   */
  readonly by?: "ip" | "user" | `header:${string}` | (string & {}) | undefined;
  /** `false` turns an inherited limit off. Default: `true`. */
  readonly enabled?: boolean | undefined;
}

/** What stands under `config` of the plugin, in `faas.yaml` and in code. */
export interface RateLimitConfig {
  /** Limits by name. They are tried in their order, and the first one that refuses ends it. */
  readonly limits?: Readonly<Record<string, LimitConfig>> | undefined;
  /** How many proxies of yours stand before the server. Default: 0, which trusts no header about addresses. */
  readonly trustedProxies?: number | undefined;
  /** The header in which proxies tell whom they speak for. It counts when `trustedProxies` is not 0. Default: `x-forwarded-for`. */
  readonly addressHeader?: string | undefined;
  /** How much of an IPv6 address stands for one client. Default: 64. */
  readonly ipv6PrefixLength?: number | undefined;
  /** The field of `data` that holds the user, whose `id` counts. Default: `current_user`. */
  readonly userField?: string | undefined;
  /** Whether responses tell what is left. Default: `true`. */
  readonly headers?: boolean | undefined;
  /** What becomes of requests while the store is down. Default: `allow`. */
  readonly onStoreError?: "allow" | "refuse" | undefined;
  /** How long a store may take to answer. Default: 1,000. */
  readonly storeTimeoutMs?: number | undefined;
  /** The most keys that memory holds for each limit. Default: 100,000. */
  readonly maxKeys?: number | undefined;
  /** What keys in a store begin with. Default: the plugin's name. */
  readonly keyPrefix?: string | undefined;
}

/** Options of `new RateLimitPlugin`. From `faas.yaml` come `name`, `type` and `config`. */
export interface RateLimitOptions extends Partial<Omit<PluginOptions, "config">> {
  readonly config?: RateLimitConfig | undefined;
  /** Counts somewhere else than in this process's memory. */
  readonly createLimiter?: CreateLimiter | undefined;
  /** Whose requests are counted together, by the names that `by` calls them; also in place of `user` or `ip`. */
  readonly keys?: Readonly<Record<string, GetKey>> | undefined;
}

import {
  type InvokeData,
  type MountData,
  type Next,
  type Plugin,
  type PluginOptions,
  ServerError,
  type ConfigSchema,
  pluginConfigError,
} from "@x/server";
import { createLimits, type Limit, type Limits } from "./create-limits.ts";
import { findFaults } from "./find-faults.ts";
import { mergeConfig } from "./merge-config.ts";
import type { RateLimitConfig, RateLimitOptions } from "./rate-limit-config.ts";
import { toLimitItem, toPolicyItem, toSeconds } from "./rate-limit-headers.ts";
import { PUBLIC_CONFIG, rateLimitConfigSchema } from "./rate-limit-schema.ts";
import { toRateLimitSettings } from "./rate-limit-settings.ts";
import { rateLimited, rateLimitUnavailable } from "./refusals.ts";
import { type Outcome, takePoint } from "./take-point.ts";
import { toHeaders, toldLimitsOf } from "./told-limits.ts";

/**
 * Limits how often a client may call. Each request takes a point of every limit; one that finds none left is a 429
 * that says when to come back, and its handler does not run. Jobs pass.
 *
 * @example
 * ```ts
 * import { defineApi } from "@x/server";
 * import { RateLimitPlugin } from "@x/server-rate-limit";
 *
 * export default defineApi({
 *   plugins: [new RateLimitPlugin({ config: { limits: { burst: { points: 10, durationSeconds: 1 } } } })],
 *   handler: () => "hello",
 * });
 * ```
 */
export class RateLimitPlugin implements Plugin {
  /** Checks `config`, and completes `faas.yaml` in editors. */
  static readonly configSchema: ConfigSchema<RateLimitConfig> = rateLimitConfigSchema;
  /** All of it. */
  static readonly publicConfig: readonly string[] = PUBLIC_CONFIG;

  readonly type: string;
  readonly name: string;
  readonly #options: RateLimitOptions;
  #config: RateLimitConfig;
  #mounting: Promise<Limits> | undefined;
  #mounted: Limits | undefined;
  /** How many functions use this instance; the last one closes it. */
  #users = 0;
  /** The names of limits whose store did not answer. */
  readonly #down = new Set<string>();

  constructor(options: RateLimitOptions = {}) {
    const { type = "rate-limit", name = "rate-limit", config } = options;
    this.type = type;
    this.name = name;
    this.#options = options;
    this.#config = config ?? {};
  }

  /** Lays what YAML and `api.config` say over what the constructor was given. */
  applyConfig({ config = {} }: PluginOptions): void {
    this.#config = mergeConfig(this.#config, config);
  }

  /** @throws ServerError `INVALID_CONFIG` with every fault of the configuration, and whatever `createLimiter` throws. */
  async onMount(_data: MountData, next: Next): Promise<void> {
    // One instance may serve several functions, whose requests then count together.
    this.#mounting ??= this.#mount();
    try {
      this.#mounted = await this.#mounting;
    } catch (error) {
      this.#mounting = undefined;
      throw error;
    }
    this.#users += 1;
    await next();
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    if (data.context.runtime === "api") await this.#takePoints(data);
    await next();
  }

  onClose(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#mounted?.close();
    this.#mounting = undefined;
    this.#mounted = undefined;
  }

  async #mount(): Promise<Limits> {
    const issues = findFaults(this.#config, this.#options);
    if (issues.length > 0) throw pluginConfigError(this.name, issues);
    return createLimits(toRateLimitSettings(this.name, this.#config), this.#options);
  }

  /** One limit after the other, so that what one refuses takes no point of the next. */
  async #takePoints(data: InvokeData): Promise<void> {
    // Whoever calls the hook by hand must not get past it.
    if (!this.#mounted)
      throw new ServerError("MOUNT_INCOMPLETE", `the plugin "${this.name}" is not mounted`, {
        plugins: [this.name],
      });
    const { limits, settings } = this.#mounted;
    const told = toldLimitsOf(data);
    const toldHeaders = () => (settings.headers ? toHeaders(told) : {});
    told.policies.push(...limits.map((limit) => toPolicyItem(limit.settings)));
    for (const limit of limits) {
      const key = await limit.createKey(data);
      if (key === undefined) continue;
      const outcome = await takePoint(limit.limiter, key, limit.timeoutMs);
      this.#noteStore(data, limit, outcome);
      if (outcome.kind === "failed") {
        if (settings.refusesOnStoreError) throw rateLimitUnavailable(outcome.error);
        continue;
      }
      told.limits.push(toLimitItem(limit.settings, outcome.state));
      if (outcome.kind === "refused") throw rateLimited(toSeconds(outcome.state), toldHeaders());
    }
    for (const [name, value] of Object.entries(toldHeaders())) data.setHeader?.(name, value);
  }

  /** Logs that a store goes down and that it is back, and not every request in between. */
  #noteStore(data: InvokeData, { settings: { name } }: Limit, outcome: Outcome): void {
    if (outcome.kind !== "failed") {
      if (this.#down.delete(name)) data.logger.info({ limit: name }, "the store of a rate limit is back");
    } else if (!this.#down.has(name)) {
      this.#down.add(name);
      data.logger.error({ err: outcome.error, limit: name }, "the store of a rate limit is down");
    }
  }
}

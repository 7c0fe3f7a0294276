import { definePlugin, perClient, type PluginResponse } from "@x/client";
import { createBackoff, type RetryDelay } from "./backoff.ts";
import { isWorthRetrying } from "./is-worth-retrying.ts";
import { keepPristine } from "./keep-pristine.ts";
import { mayRepeat, noteIdempotent } from "./may-repeat.ts";
import { createWaits } from "./waits.ts";

/** How failed requests are sent again: in `retry()` for every request, in a request's options for that one. */
export interface RetryOptions {
  /**
   * How often a request is sent again. Default: 3. Given to a POST or PATCH, it asks for what is otherwise not done:
   * to send that write again.
   */
  readonly retries?: number | undefined;
  /**
   * How long to wait before the first retry, in milliseconds; before each next one twice as long, up to
   * `maxRetryDelay`, and all of it jittered: between half and the whole. A function gives each wait, without
   * jitter. Default: 1,000.
   */
  readonly retryDelay?: RetryDelay | undefined;
  /**
   * The longest wait, in milliseconds. A failure whose `Retry-After` asks for a longer one is not retried.
   * Default: 30,000.
   */
  readonly maxRetryDelay?: number | undefined;
  /**
   * Whether to send again after this response; `attempt` is 1 before the first retry. Default: when there was no
   * response (`NETWORK_ERROR`, `TIMEOUT`), and for the statuses 408, 425, 429, 500, 502, 503 and 504.
   */
  readonly shouldRetry?: ((response: PluginResponse, attempt: number) => boolean) | undefined;
}

/** What the plugin adds to the types of a client. */
export interface RetryTypes {
  options: RetryOptions;
}

/** What other plugins get by `plugins.get("retry")`. */
export interface RetryInternal {
  /** Says that sending this request twice does what sending it once does, so that it may be retried. */
  assumeIdempotent(): void;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    retry: RetryInternal;
  }
}

/**
 * Sends requests again that failed in a way that may pass. Each attempt begins with the headers, params, query and
 * body that the first one began with; an abort ends the wait between them at once.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { retry } from "@x/client-retry";
 *
 * const client = createClient({ baseUrl: "/api" }).use([retry({ retries: 2, retryDelay: 500 })]);
 * await client.get("posts");
 * await client.get("posts", { retries: 0 });
 * await client.post("searches", { body: { text: "x" }, retries: 2 }); // a POST only because this one says so
 * ```
 */
export function retry(config: RetryOptions = {}) {
  const backoff = createBackoff();
  const waitsOf = perClient(createWaits);

  return definePlugin<RetryTypes>()({
    name: "retry",
    repeatable: true,

    setup: (scope) => () => waitsOf(scope).end(),

    async middleware(context, next) {
      const { request, clock, pluginOptions: options } = context;
      const retries = options?.retries ?? config.retries ?? 3;
      if (retries <= 0 || !mayRepeat(context, options?.retries !== undefined)) return next();

      const shouldRetry = options?.shouldRetry ?? config.shouldRetry ?? isWorthRetrying;
      const retryDelay = options?.retryDelay ?? config.retryDelay ?? 1_000;
      const maxDelayMs = options?.maxRetryDelay ?? config.maxRetryDelay ?? 30_000;
      const { signal } = request;
      const restore = keepPristine(request);
      for (let attempt = 1; ; attempt += 1) {
        const response = await next();
        if (attempt > retries || signal?.aborted || !shouldRetry(response, attempt)) return response;
        const delayMs = backoff({ response, attempt, retryDelay, maxDelayMs, now: clock.now() });
        const waited = delayMs <= maxDelayMs && (await waitsOf(context).wait(clock, delayMs, signal));
        if (!waited) return response;
        restore();
      }
    },

    internal: ({ temp }): RetryInternal => ({ assumeIdempotent: () => noteIdempotent(temp) }),
  });
}

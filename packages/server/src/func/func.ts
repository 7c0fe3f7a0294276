import { singleFlight } from "@x/pipeline";
import { ServerError } from "../errors.ts";
import type { FuncConfig, HttpEvent, InvokeData, Plugin, Runtime } from "../types.ts";
import { assertPlugins } from "./assert-plugins.ts";
import { closePlugins } from "./close-plugins.ts";
import { codeEnvironment } from "./code-environment.ts";
import type { FuncEnvironment } from "./func-environment.ts";
import { fillInput, type InvokeInput, toInvocationData } from "./invoke-input.ts";
import { isMounting, runInMountScope } from "./mount-scope.ts";
import { type ErasedHandler, MountedFunc } from "./mounted-func.ts";
import { createPluginList, type PluginList } from "./plugin-list.ts";
import { runMount } from "./run-mount.ts";

/** Options of `new Func`. */
export interface FuncOptions<Result = unknown, Event = HttpEvent> {
  /** Runs innermost. What it returns is the response. */
  readonly handler: (data: InvokeData<Event>) => Result;
  /** Outermost first. The array is copied. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Wins over YAML. */
  readonly config?: FuncConfig | undefined;
  /** Default: `api`. */
  readonly runtime?: Runtime | undefined;
  /** How logs and errors call the function. Default: where it was loaded from, else `func`. */
  readonly name?: string | undefined;
  /** How long all `onMount` hooks may take together. Default: 30,000. */
  readonly mountTimeoutMs?: number | undefined;
}

/** What `func.export()` gives to a platform. */
export interface ExportedFunc<Result> {
  readonly handler: (event: unknown, context?: object) => Promise<Awaited<Result>>;
}

/**
 * A handler with plugins around it: mounted once before the first invoke, run in order for every invoke, closed in
 * reverse.
 *
 * @example
 * ```ts
 * import { Func } from "@x/server";
 *
 * const greet = new Func({
 *   plugins: [
 *     {
 *       type: "trace",
 *       name: "trace",
 *       async onInvoke(data, next) {
 *         const startedAt = performance.now();
 *         await next();
 *         data.logger.debug("took %dms", performance.now() - startedAt);
 *       },
 *     },
 *   ],
 *   handler: () => "hello",
 * });
 * console.log(await greet.invoke({})); // hello
 * ```
 */
export class Func<Result = unknown, Event = HttpEvent> {
  readonly runtime: Runtime;
  /** What code configures. It wins over YAML, and counts when it is set before the first invoke. */
  config: FuncConfig;
  readonly #handler: ErasedHandler;
  readonly #ownName: string | undefined;
  readonly #mountTimeoutMs: number | undefined;
  readonly #list: PluginList;
  #environment: FuncEnvironment = codeEnvironment;
  #mounted: MountedFunc | undefined;
  #mountedPlugins: readonly Plugin[] = [];
  #mounting: Promise<MountedFunc> | undefined;
  #closing: Promise<void> | undefined;
  #mountOnce = this.#createMountOnce();

  /** @throws ServerError `INVALID_FUNC` when there is no handler, or `plugins` is no array. */
  constructor(options: FuncOptions<Result, Event>) {
    if (typeof options?.handler !== "function")
      throw new ServerError("INVALID_FUNC", "a function has no handler: give it { handler() { … } }");
    if (options.plugins !== undefined && !Array.isArray(options.plugins))
      throw new ServerError("INVALID_FUNC", "the plugins of a function are given as an array");
    this.#handler = options.handler;
    this.#ownName = options.name;
    this.#mountTimeoutMs = options.mountTimeoutMs;
    this.runtime = options.runtime ?? "api";
    this.config = options.config ?? {};
    this.#list = createPluginList(options.plugins ?? []);
  }

  /** Outermost first, the handler not among them. A change after the mount throws `PLUGINS_SEALED`. */
  get plugins(): Plugin[] {
    return this.#list.plugins;
  }

  get mounted(): boolean {
    return this.#mounted !== undefined;
  }

  /**
   * For hosts: says where configuration and plugins come from. A function that was closed begins anew.
   *
   * @throws ServerError `INVALID_FUNC` while the function is mounted.
   */
  attach(environment: FuncEnvironment): void {
    if (this.#closing) this.#beginAnew();
    else if (this.#mounted) throw new ServerError("INVALID_FUNC", `${this.#name} is mounted already`);
    this.#environment = environment;
  }

  /**
   * Runs every plugin's `onMount`, once: concurrent callers share one run, and a failure reaches all of them.
   *
   * @throws ServerError `MOUNT_REENTERED` inside an `onMount` of this function, `FUNC_CLOSED` after `close()`,
   * `MOUNT_TIMEOUT`, `MOUNT_INCOMPLETE`, `INVALID_PLUGIN`, `DUPLICATE_PLUGIN`, and what configuration and plugins throw.
   */
  async mount(): Promise<void> {
    await this.toMounted();
  }

  /** For hosts: mounts, and gives what runs invokes. */
  toMounted(): MountedFunc | Promise<MountedFunc> {
    if (this.#closing) return Promise.reject(new ServerError("FUNC_CLOSED", `${this.#name} is closed`));
    if (this.#mounted) return this.#mounted;
    if (isMounting(this))
      return Promise.reject(
        new ServerError(
          "MOUNT_REENTERED",
          `an onMount of ${this.#name} mounts or invokes ${this.#name}, which would wait for itself: do it after the mount`,
        ),
      );
    return (this.#mounting = this.#mountOnce());
  }

  /**
   * Runs the plugins and the handler.
   *
   * @returns What the handler returned, unless a plugin replaced it. `input` holds it as `response` too, beside
   * everything that the framework and the plugins have put on `data`.
   * @throws Exactly what a plugin or the handler threw; before that what `mount()` throws.
   */
  async invoke(input: InvokeInput<Event> = {}): Promise<Awaited<Result>> {
    const mounted = await this.toMounted();
    const data = toInvocationData(mounted, input);
    try {
      // The chain is as sound as its plugins' types: one that replaces the response keeps to the handler's type.
      return (await mounted.run(data, input.logger)) as Awaited<Result>;
    } finally {
      fillInput(input, data);
    }
  }

  /** Gives the function to a platform that calls `handler(event, context)`. */
  export(): ExportedFunc<Result> {
    return {
      // What a platform sends is checked by plugins and schemas, not by type.
      handler: (event, context = {}) => this.invoke({ event: event as Partial<Event>, context }),
    };
  }

  /**
   * Runs every mounted plugin's `onClose` in reverse order, once. From then on an invoke rejects.
   *
   * @throws ServerError `CLOSE_FAILED` when some failed, with an `AggregateError` of what they threw as its cause.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Adds what functions of this kind always have. */
  protected complete(plugins: readonly Plugin[]): readonly Plugin[] {
    return plugins;
  }

  get #name(): string {
    return this.#ownName ?? this.#environment.name;
  }

  #createMountOnce(): () => Promise<MountedFunc> {
    return singleFlight(() => runInMountScope(this, () => this.#mount()));
  }

  #beginAnew(): void {
    this.#mounted = undefined;
    this.#mountedPlugins = [];
    this.#mounting = undefined;
    this.#closing = undefined;
    this.#mountOnce = this.#createMountOnce();
    this.#list.sealed = false;
  }

  async #mount(): Promise<MountedFunc> {
    const name = this.#name;
    const environment = this.#environment;
    this.#list.sealed = true;
    const prepared = await environment.prepare({ config: this.config, plugins: [...this.#list.plugins] });
    const { config } = prepared;
    const { instrument } = environment;
    const plugins = this.complete(prepared.plugins);
    assertPlugins(plugins);
    const { runtime } = this;
    const logger = environment.logger.child({ func: name });
    const timeoutMs = this.#mountTimeoutMs ?? environment.mountTimeoutMs;
    await runMount(plugins, { name, config, logger, runtime, timeoutMs });
    this.#mountedPlugins = plugins;
    return (this.#mounted = new MountedFunc({
      name,
      runtime,
      config,
      logger,
      plugins,
      handler: this.#handler,
      instrument,
    }));
  }

  async #close(): Promise<void> {
    // A mount that fails has closed what it had mounted.
    await this.#mounting?.catch(() => {});
    const errors = await closePlugins(this.#mountedPlugins);
    if (errors.length === 0) return;
    throw new ServerError("CLOSE_FAILED", `${errors.length} plugins of ${this.#name} failed to close`, {
      cause: new AggregateError(errors),
    });
  }
}

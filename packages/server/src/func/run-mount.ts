import { compose } from "@x/pipeline";
import { messageOf, ServerError } from "../errors.ts";
import type { FuncConfig, Logger, MountData, Plugin, Runtime } from "../types.ts";
import { closePlugins } from "./close-plugins.ts";
import { type Failure, type Progress, toStep } from "./to-step.ts";

/** What plugins are mounted with. */
export interface MountOptions {
  readonly name: string;
  readonly config: FuncConfig;
  readonly logger: Logger;
  readonly runtime: Runtime;
  readonly timeoutMs: number;
}

/**
 * Runs every `onMount` in order. Where one fails, those that had mounted are closed again, in reverse, so that a later
 * attempt starts afresh.
 *
 * @throws ServerError `MOUNT_TIMEOUT` with the name of the plugin that is pending, `MOUNT_INCOMPLETE` with the name of
 * one that did not call `next()`, and whatever an `onMount` threw.
 */
export async function runMount(plugins: readonly Plugin[], options: MountOptions): Promise<void> {
  const mounting = new Mounting(
    plugins.filter((plugin) => plugin.onMount),
    options,
  );
  const running = mounting.run();
  try {
    await mounting.withinTime(running);
  } catch (error) {
    // An `onMount` that was out of time may yet open what must be closed; the next attempt does not wait for it.
    const undone = running.catch(() => {}).then(() => mounting.undo());
    if (!mounting.timedOut) await undone;
    throw error;
  }
}

class Mounting implements Progress<MountData> {
  readonly data: MountData;
  failure: Failure | undefined;
  readonly #plugins: readonly Plugin[];
  readonly #options: MountOptions;
  readonly #abort = new AbortController();
  readonly #loggers = new Map<string, Logger>();
  #position = -1;
  /** The furthest position, which all plugins before it have called `next()` for. */
  #furthest = 0;

  constructor(plugins: readonly Plugin[], options: MountOptions) {
    this.#plugins = plugins;
    this.#options = options;
    const loggerOf = (plugin: Plugin | undefined) => this.#loggerOf(plugin);
    const current = () => this.#plugins[this.#position];
    const { name, config, runtime } = options;
    const { signal } = this.#abort;
    this.data = {
      name,
      config,
      runtime,
      signal,
      get logger() {
        return loggerOf(current());
      },
    };
  }

  get position(): number {
    return this.#position;
  }

  set position(position: number) {
    this.#position = position;
    this.#furthest = Math.max(this.#furthest, position);
  }

  get timedOut(): boolean {
    return this.#abort.signal.aborted;
  }

  async run(): Promise<void> {
    const steps = this.#plugins.map((plugin, position) =>
      toStep<MountData, Mounting>(plugin, "onMount", (data, next) => plugin.onMount!(data, next), position),
    );
    const end = { name: "mounted", run: () => void (this.#furthest = this.#plugins.length) };
    await compose<Mounting, void>([...steps, end])(this);
    if (this.failure) throw this.failure.error;
    if (this.#furthest < this.#plugins.length) throw this.#incomplete();
  }

  /** Rejects when time is up before `running` has settled. */
  async withinTime(running: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = this.#timeout();
        this.#abort.abort(error);
        reject(error);
      }, this.#options.timeoutMs);
    });
    try {
      await Promise.race([running, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes what has mounted. That it fails as well is worth a line, and hides nothing of the first failure. */
  async undo(): Promise<void> {
    const errors = await closePlugins(this.#plugins.slice(0, this.#furthest));
    for (const error of errors) this.#options.logger.warn({ err: error }, messageOf(error));
  }

  onNotAwaited(plugin: Plugin, hook: string): void {
    this.#loggerOf(plugin).warn({ hook }, "the hook ended before its next(): await it");
  }

  #loggerOf(plugin: Plugin | undefined): Logger {
    const { logger } = this.#options;
    if (!plugin) return logger;
    const known = this.#loggers.get(plugin.name) ?? logger.child({ plugin: plugin.name });
    this.#loggers.set(plugin.name, known);
    return known;
  }

  #timeout(): ServerError {
    const { name, timeoutMs } = this.#options;
    const plugin = this.#plugins[this.#position]?.name ?? "";
    return new ServerError(
      "MOUNT_TIMEOUT",
      `${name} was not mounted within ${timeoutMs} ms: the onMount of "${plugin}" is pending`,
      { plugins: [plugin] },
    );
  }

  #incomplete(): ServerError {
    const plugin = this.#plugins[this.#furthest]?.name ?? "";
    return new ServerError(
      "MOUNT_INCOMPLETE",
      `the onMount of "${plugin}" did not call next(), so what follows it was not mounted: await next()`,
      { plugins: [plugin] },
    );
  }
}

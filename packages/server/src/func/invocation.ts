import type { Logger, Plugin } from "../types.ts";
import { InvocationData } from "./invocation-data.ts";
import type { Failure, Progress } from "./to-step.ts";

/** Who an invocation belongs to. */
export interface InvocationOwner {
  readonly logger: Logger;
  /** By position in the chain. */
  readonly plugins: readonly Plugin[];
}

/** What the framework itself notes of one invoke, beside the `data` that plugins share. */
export class Invocation implements Progress<InvocationData> {
  readonly data: InvocationData;
  position = -1;
  failure: Failure | undefined;
  readonly #owner: InvocationOwner;
  readonly #baseLogger: Logger | undefined;
  #loggers: (Logger | undefined)[] | undefined;

  /** `logger` stands in for the owner's where the caller brings one. */
  constructor(owner: InvocationOwner, data: InvocationData, logger?: Logger) {
    this.#owner = owner;
    this.data = data;
    this.#baseLogger = logger;
    InvocationData.bind(data, this);
  }

  /** The logger of whose code runs now. Each is made when first asked for. */
  get logger(): Logger {
    const loggers = (this.#loggers ??= []);
    // Position -1, outside the chain, takes the first place.
    return (loggers[this.position + 1] ??= this.#createLogger());
  }

  onNotAwaited(plugin: Plugin, hook: string): void {
    this.logger.warn({ plugin: plugin.name, hook }, "the hook ended before its next(): await it");
  }

  #createLogger(): Logger {
    const { requestId } = this.data.context;
    const plugin = this.#owner.plugins[this.position]?.name;
    const logger = this.#baseLogger ?? this.#owner.logger;
    return logger.child(plugin === undefined ? { requestId } : { requestId, plugin });
  }
}

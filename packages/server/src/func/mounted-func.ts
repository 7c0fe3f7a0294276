import { type Chain, compose, type StepDefinition } from "@x/pipeline";
import { isHttpError, messageOf } from "../errors.ts";
import type { FuncConfig, Logger, Plugin, Runtime } from "../types.ts";
import { type CreateData, findCreateData } from "./create-data.ts";
import type { Instrument } from "./func-environment.ts";
import { InvocationContext } from "./invocation-context.ts";
import { Invocation } from "./invocation.ts";
import type { InvocationData } from "./invocation-data.ts";
import type { SignalSource } from "./signal-source.ts";
import { isThenable, toStep } from "./to-step.ts";

/** Runs innermost, with the data that the plugins have prepared. */
export type ErasedHandler = (data: never) => unknown;

/** What a mounted function is made of. */
export interface MountedFuncParts {
  readonly name: string;
  readonly runtime: Runtime;
  readonly config: FuncConfig;
  readonly logger: Logger;
  /** In their final order. */
  readonly plugins: readonly Plugin[];
  readonly handler: ErasedHandler;
  readonly instrument?: Instrument | undefined;
}

/** A function as it is once its plugins are mounted. Nothing of it changes any more. */
export class MountedFunc {
  readonly name: string;
  readonly runtime: Runtime;
  readonly config: FuncConfig;
  readonly logger: Logger;
  /** Those with an `onInvoke`, in order: a position in the chain is a position here. */
  readonly plugins: readonly Plugin[];
  /** Those that can tell whether what they need is there. */
  readonly watchful: readonly Plugin[];
  readonly createData: CreateData;
  readonly #chain: Chain<Invocation, void>;

  constructor({ name, runtime, config, logger, plugins, handler, instrument }: MountedFuncParts) {
    this.name = name;
    this.runtime = runtime;
    this.config = config;
    this.logger = logger;
    this.createData = findCreateData(plugins);
    this.plugins = plugins.filter((plugin) => plugin.onInvoke);
    this.watchful = plugins.filter((plugin) => plugin.isReady);
    const steps = this.plugins.map((plugin, position) =>
      toStep<InvocationData, Invocation>(
        plugin,
        "onInvoke",
        // What `data` holds beside the framework's fields is for the types of each plugin to say.
        (data, next) => plugin.onInvoke!(data as never, next),
        position,
      ),
    );
    const all = [...steps, toHandlerStep(handler, steps.length)];
    // Whoever instruments sees the data alone; the run behind it passes through.
    this.#chain = compose((instrument?.(all as never) ?? all) as typeof all);
  }

  /** For hosts: the `data` of one run. The signal is asked for when it is first read. */
  toData(event: unknown, requestId: string, signalSource: SignalSource): InvocationData {
    return this.createData(event, new InvocationContext(this.runtime, requestId), this.config, signalSource);
  }

  /** Runs the plugins and the handler. It rejects with exactly what was thrown, which it has logged. */
  async run(data: InvocationData, logger?: Logger): Promise<unknown> {
    const invocation = new Invocation(this, data, logger);
    try {
      await this.#chain(invocation);
    } catch (error) {
      invocation.position = -1;
      logFailure(invocation.logger, error);
      throw error;
    }
    if (invocation.failure) this.#reportDropped(invocation);
    return data.response;
  }

  /** A failure that no hook passed on, and that no plugin answered with a response of its own. */
  #reportDropped(invocation: Invocation): never {
    const { error, position } = invocation.failure!;
    const plugin = this.plugins[position - 1]?.name;
    invocation.position = -1;
    invocation.logger.warn(
      { plugin },
      "onInvoke lost a failure: await next(), or assign data.response to recover from it",
    );
    logFailure(invocation.logger, error);
    throw error;
  }
}

/** A client's own mistake is nothing that an operator must look at. */
function logFailure(logger: Logger, error: unknown): void {
  if (isHttpError(error) && error.statusCode < 500)
    logger.debug({ statusCode: error.statusCode, code: error.code }, messageOf(error));
  else logger.error({ err: error }, messageOf(error));
}

function toHandlerStep(handler: ErasedHandler, position: number): StepDefinition<Invocation, void> {
  const run = (invocation: Invocation): Promise<void> | undefined => {
    let step: Promise<void> | undefined;
    const finish = (value: unknown): void => {
      invocation.position = position - 1;
      invocation.data.response = value;
    };
    const fail = (thrown: unknown): never => {
      invocation.position = position - 1;
      invocation.failure = { error: thrown, position };
      step?.catch(() => {});
      throw thrown;
    };
    invocation.position = position;
    try {
      // Types are the affair of `Func` and `defineApi`, which brought handler and data together.
      const value = handler(invocation.data as never);
      if (!isThenable(value)) return void finish(value);
      step = Promise.resolve(value).then(finish, fail);
    } catch (error) {
      step = Promise.reject(error).catch(fail);
    }
    return step;
  };
  // As with every step, `undefined` stands for a synchronous end.
  return { name: "handler", hook: "handler", run: run as StepDefinition<Invocation, void>["run"] };
}

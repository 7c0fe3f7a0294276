import type { StepDefinition } from "@x/pipeline";
import type { FuncConfig, InvokeData, Logger, Plugin } from "../types.ts";

/** What a step of an invoke is run with. */
export interface InvokeStepContext {
  readonly data: InvokeData;
}

/** Wraps the steps of a function, the handler as the last one, such as by `observeSteps` of `@x/pipeline`. */
export type Instrument = (
  steps: readonly StepDefinition<InvokeStepContext, void>[],
) => readonly StepDefinition<InvokeStepContext, void>[];

/** What a host gives the functions that it loads: an app, a worker, a test. */
export interface FuncEnvironment {
  /** How logs and errors call the function, such as `orders/create`. */
  readonly name: string;
  readonly logger: Logger;
  /** How long a mount may take. */
  readonly mountTimeoutMs: number;
  readonly instrument?: Instrument | undefined;
  /** Resolves the configuration and completes the plugins that code has registered. It runs once per attempt to mount. */
  prepare(code: CodeParts): Promise<PreparedParts>;
}

/** What code says of a function. */
export interface CodeParts {
  readonly config: FuncConfig;
  readonly plugins: readonly Plugin[];
}

/** What a function is mounted with. */
export interface PreparedParts {
  readonly config: FuncConfig;
  readonly plugins: readonly Plugin[];
}

import type { FuncConfig, InvokeFields, Logger } from "../types.ts";
import type { InvocationContext } from "./invocation-context.ts";
import { neverAborts, type SignalSource } from "./signal-source.ts";

/** The run that the data belongs to. */
export interface DataOwner {
  readonly logger: Logger;
  failure: unknown;
}

/** The object behind `data`. What costs something is made when it is first read. */
export class InvocationData implements InvokeFields<unknown> {
  readonly event: unknown;
  readonly context: InvocationContext;
  readonly config: FuncConfig;
  readonly #signalSource: SignalSource;
  #signal: AbortSignal | undefined;
  #owner: DataOwner | undefined;
  #response: unknown;

  constructor(event: unknown, context: InvocationContext, config: FuncConfig, signalSource?: SignalSource) {
    this.event = event;
    this.context = context;
    this.config = config;
    this.#signalSource = signalSource ?? neverAborts;
  }

  /** Ties the data to the run that it belongs to, once. */
  static bind(data: InvocationData, owner: DataOwner): void {
    data.#owner = owner;
  }

  get logger(): Logger {
    return this.#owner!.logger;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= this.#signalSource());
  }

  get requestId(): string {
    return this.context.requestId;
  }

  // A plugin that keeps ids of its own in this field shadows the framework's, and changes nothing else.
  set requestId(value: string) {
    Object.defineProperty(this, "requestId", { value, writable: true, enumerable: true, configurable: true });
  }

  get response(): unknown {
    return this.#response;
  }

  // Whoever assigns a response after something failed further in has dealt with the failure.
  set response(value: unknown) {
    this.#response = value;
    if (this.#owner) this.#owner.failure = undefined;
  }
}

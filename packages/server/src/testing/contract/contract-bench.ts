import { defineApi } from "../../api/define-api.ts";
import { Func } from "../../func/func.ts";
import type { FuncConfig, HttpEvent, Plugin, Runtime } from "../../types.ts";
import { projectEnvironment } from "../project-environment.ts";
import { silentLogger } from "../silent-logger.ts";
import { broken, show } from "./broken.ts";
import type { CreatePlugin, PluginContractOptions } from "./contract-options.ts";

const MEND_EVENT = "give the contract a config and an event with which the plugin lets a request through";

/** What a function of the contract is made of. */
export interface FuncParts {
  readonly plugins: readonly Plugin[];
  readonly handler?: ((data: { readonly context: { readonly requestId: string } }) => unknown) | undefined;
  /** What code configures. Default: nothing. */
  readonly config?: FuncConfig | undefined;
  /** Default: `api`. */
  readonly runtime?: Runtime | undefined;
}

/** Makes plugins and real functions around them. */
export class ContractBench {
  /** What instances are called unless a check says otherwise. */
  readonly name = "contract";
  readonly options: PluginContractOptions;
  readonly #create: CreatePlugin;

  constructor(create: CreatePlugin, options: PluginContractOptions) {
    this.#create = create;
    this.options = options;
  }

  /** A new instance. */
  create(name = this.name): Plugin {
    const { config } = this.options;
    try {
      return this.#create({ name, type: "contract", ...(config && { config }) });
    } catch (error) {
      return broken(
        `the constructor threw ${show(error)}`,
        "give the contract a config that it takes",
        error,
      );
    }
  }

  /** An event that passes. */
  event(): Partial<HttpEvent> {
    const { event = {} } = this.options;
    // One that is used again and again must not be changed by a plugin that writes on it.
    return typeof event === "function" ? event() : structuredClone(event);
  }

  /** Runs `use` with a function, and closes it. How closing goes is the affair of a check of its own. */
  async withFunc<Result>(parts: FuncParts, use: (func: Func) => Promise<Result>): Promise<Result> {
    const func = this.createFunc(parts);
    try {
      return await use(func);
    } finally {
      await func.close().catch(() => {});
    }
  }

  /** A function that is the caller's to close. */
  createFunc({ plugins: own, handler = () => undefined, config, runtime = "api" }: FuncParts): Func {
    const { before, http = true } = this.options;
    const plugins = [...(before?.() ?? []), ...own];
    const func: Func =
      http && runtime === "api" ? defineApi({ plugins, handler }) : new Func({ plugins, handler, runtime });
    if (config) func.config = config;
    func.attach(projectEnvironment({ logger: silentLogger }));
    return func;
  }

  /** Mounts a function whose plugins have nothing against it. */
  async mount(func: Func): Promise<void> {
    try {
      await func.mount();
    } catch (error) {
      broken(
        `the function was not mounted, by ${show(error)}`,
        "give the contract a config with which it is",
        error,
      );
    }
  }

  /** Invokes a function whose handler returns, with an event that passes. */
  async pass(func: Func, input: object = {}): Promise<unknown> {
    try {
      return await func.invoke({ event: this.event(), ...input });
    } catch (error) {
      return broken(`the event did not pass, but met ${show(error)}`, MEND_EVENT, error);
    }
  }

  /** Says that an event ended before it came to the handler. */
  stopped(): never {
    broken("the event ended before it came to the handler", MEND_EVENT);
  }
}

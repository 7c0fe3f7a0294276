import { messageOf, ServerError } from "../errors.ts";
import type { FuncEnvironment } from "../func/func-environment.ts";
import type { MountedFunc } from "../func/mounted-func.ts";
import type { ContractEntries } from "../http/find-contract-change.ts";
import type { Declarations } from "../http/declarations.ts";
import { type AppFunc, isAppFunc } from "./app-func.ts";
import type { RoutePlace } from "./route-table.ts";

/** A route as it was found: where it is, and how to get at its function. */
export interface RouteDefinition extends RoutePlace {
  /** How logs and errors call it, such as `orders/create`. */
  readonly name: string;
  /** Absolute path. */
  readonly file?: string | undefined;
  /** Gives what the file exports by default, or what code has given. */
  load(): Promise<unknown>;
  readonly environment: FuncEnvironment;
}

/** How far a route has come. */
export type RouteState = "idle" | "loaded" | "mounted" | "failed";

/** What requests of a route run on, once it is mounted. */
export interface ReadyRoute {
  readonly mounted: MountedFunc;
  readonly methods: readonly string[];
  readonly declarations: Declarations | undefined;
}

const DEFAULT_METHODS: readonly string[] = ["POST"];

/** One function behind one or several paths: loaded once, mounted once, closed once. */
export class ApiRoute implements RoutePlace {
  /** A later scan may find the same function in other places. */
  definition: RouteDefinition;
  /** What the app's contract says of it. That may change while the function does not. */
  contract: ContractEntries | undefined;
  /** Set with the mount, so that a request of a mounted route waits for nothing. */
  ready: ReadyRoute | undefined;
  /** Why it did not load or mount when that was last tried. */
  failure: unknown;
  readonly #owners: WeakMap<object, ApiRoute>;
  #func: AppFunc | undefined;
  #loading: Promise<AppFunc> | undefined;
  #running = 0;
  #onIdle: (() => void) | undefined;

  /** `owners` knows whose each function is, for all routes of an app. */
  constructor(definition: RouteDefinition, owners: WeakMap<object, ApiRoute>) {
    this.definition = definition;
    this.#owners = owners;
  }

  get paths(): readonly string[] {
    return this.definition.paths;
  }

  get folders(): readonly string[] {
    return this.definition.folders;
  }

  get source(): string {
    return this.definition.source;
  }

  /** The function, once it is loaded. */
  get func(): AppFunc | undefined {
    return this.#func;
  }

  get state(): RouteState {
    if (this.failure !== undefined) return "failed";
    if (this.ready) return "mounted";
    return this.#func ? "loaded" : "idle";
  }

  /** Whether a request in whose way the failure stands would meet the very same one again. */
  get broken(): boolean {
    return this.failure !== undefined && this.#func === undefined;
  }

  /** Loads the function, once: what a file exports does not change until a reload, and neither does its failure. */
  load(): Promise<AppFunc> {
    return (this.#loading ??= this.#load());
  }

  /** Loads and mounts. A failed mount is tried again by the next caller. */
  async mount(): Promise<ReadyRoute> {
    if (this.ready) return this.ready;
    const func = await this.load();
    try {
      const mounted = await func.toMounted();
      this.failure = undefined;
      return (this.ready ??= { mounted, methods: methodsOf(func), declarations: func.declarations });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Counts a request in. Each is counted out by `leave`. */
  enter(): void {
    this.#running += 1;
  }

  leave(): void {
    this.#running -= 1;
    if (this.#running === 0) this.#onIdle?.();
  }

  /** Waits until no request runs on it. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
  }

  /** Closes the function, if it was ever loaded. */
  async close(): Promise<void> {
    // Whoever wanted it has its failure.
    await this.#loading?.catch(() => {});
    await this.#func?.close();
  }

  async #load(): Promise<AppFunc> {
    try {
      const func = assertFunc(await this.definition.load(), this.source);
      const owner = this.#owners.get(func);
      if (owner && owner !== this)
        throw new ServerError(
          "INVALID_API",
          `${this.source} exports the function of ${owner.source}, which has its own place and configuration: export a function of its own`,
        );
      this.#owners.set(func, this);
      func.attach(this.definition.environment);
      return (this.#func = func);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(thrown: unknown): never {
    // A plugin may well throw `undefined`, which is a failure all the same.
    this.failure = thrown ?? new TypeError(`${messageOf(thrown)} was thrown`);
    throw this.failure;
  }
}

/** The methods that a function answers. */
export function methodsOf({ methods = DEFAULT_METHODS }: AppFunc): readonly string[] {
  return methods;
}

function assertFunc(value: unknown, source: string): AppFunc {
  if (isAppFunc(value)) return value;
  const what = value === undefined ? "nothing" : `a ${value === null ? "null" : typeof value}`;
  throw new ServerError(
    "INVALID_API",
    `${source} exports ${what} by default: export default defineApi({ … }) or new Func({ … })`,
  );
}

/** Makes an error of whatever importing a file threw. */
export function toLoadError(source: string, thrown: unknown): ServerError {
  return new ServerError("INVALID_API", `${source} could not be loaded: ${messageOf(thrown)}`, {
    cause: thrown,
  });
}

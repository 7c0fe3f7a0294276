import type { FuncEnvironment } from "../func/func-environment.ts";
import type { MountedFunc } from "../func/mounted-func.ts";
import type { Declarations } from "../http/declarations.ts";
import type { FuncConfig, Plugin } from "../types.ts";

/** What an app needs of a function: a `Func` or an `Api`, also one that another copy of this package made. */
export interface AppFunc {
  /** Those that an `Api` answers. Any other function answers POST. */
  readonly methods?: readonly string[];
  /** What the replies of an `Api` say beside their values. */
  readonly declarations?: Declarations | undefined;
  readonly mounted: boolean;
  readonly config: FuncConfig;
  readonly plugins: readonly Plugin[];
  attach(environment: FuncEnvironment): void;
  toMounted(): MountedFunc | Promise<MountedFunc>;
  close(): Promise<void>;
}

/** Tells a function from whatever else a module exports. */
export function isAppFunc(value: unknown): value is AppFunc {
  if (typeof value !== "object" || value === null) return false;
  const { attach, toMounted, close } = value as Partial<Record<keyof AppFunc, unknown>>;
  return [attach, toMounted, close].every((method) => typeof method === "function");
}

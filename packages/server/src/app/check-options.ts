import { ServerError } from "../errors.ts";
import { isAppFunc } from "./app-func.ts";
import { checkContract } from "./contract/app-contract.ts";
import type { AppOptions } from "./app-types.ts";

/** @throws ServerError `INVALID_APP`, `INVALID_ROOT`, `INVALID_CONTRACT` for options from which no app can be made. */
export function checkAppOptions(options: AppOptions): void {
  if (typeof options !== "object" || options === null)
    throw new ServerError(
      "INVALID_APP",
      "an app is made from options: createApp({ root }) or createApp({ routes })",
    );
  const { root, routes, contract } = options;
  if (root === undefined && routes === undefined)
    throw new ServerError(
      "INVALID_APP",
      "an app needs a root, the folder of its API files, or routes in code",
    );
  if (root !== undefined && typeof root !== "string" && !(root instanceof URL))
    throw new ServerError("INVALID_ROOT", "the root of an app is a path or a file: URL");
  for (const [key, func] of Object.entries(routes ?? {}))
    if (!isAppFunc(func))
      throw new ServerError(
        "INVALID_APP",
        `routes["${key}"] is no function: give it defineApi({ … }) or new Func({ … })`,
      );
  if (contract !== undefined && contract !== false) checkContract(contract, "the contract of an app");
  checkLimits({ mountTimeoutMs: options.mountTimeoutMs, requestTimeoutMs: options.requestTimeoutMs });
}

/** @throws ServerError `INVALID_APP` for a number that is negative or none. */
export function checkLimits(limits: Readonly<Record<string, number | undefined>>): void {
  for (const [name, value] of Object.entries(limits))
    if (value !== undefined && !(typeof value === "number" && value >= 0 && Number.isFinite(value)))
      throw new ServerError("INVALID_APP", `${name} is ${String(value)}: give it a number from 0`);
}

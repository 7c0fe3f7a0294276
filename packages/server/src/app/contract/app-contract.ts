import { ServerError } from "../../errors.ts";
import type { ContractEntries } from "../../http/find-contract-change.ts";

/** What the APIs of an app take and give, by path and method, as `contract.json` has it. */
export type AppContract = Readonly<Record<string, ContractEntries>>;

/**
 * Checks what is said to be a contract, as far as answers depend on it.
 *
 * @param source What an error calls it.
 * @throws ServerError `INVALID_CONTRACT`.
 */
export function checkContract(value: unknown, source: string): AppContract {
  if (!isObject(value)) throw invalid(source, "is no object of paths");
  for (const [path, methods] of Object.entries(value)) {
    if (!isObject(methods)) throw invalid(source, `has no methods for "${path}"`);
    for (const [method, entry] of Object.entries(methods)) {
      const place = `"${path}" ${method}`;
      if (!isObject(entry)) throw invalid(source, `has nothing for ${place}`);
      const { hash, input, output, errors } = entry;
      if (typeof hash !== "string" || hash === "") throw invalid(source, `has no hash for ${place}`);
      if (input === undefined || output === undefined || !isObject(errors))
        throw invalid(source, `lacks input, output or errors for ${place}`);
    }
  }
  // All that the type says of it has been looked at.
  return value as AppContract;
}

/** The part of a contract for an API with these paths: it has one of them as its key. */
export function findContract(contract: AppContract, paths: readonly string[]): ContractEntries | undefined {
  for (const path of paths)
    for (const key of [path, path.slice(1)]) if (Object.hasOwn(contract, key)) return contract[key];
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(source: string, what: string): ServerError {
  return new ServerError("INVALID_CONTRACT", `${source} ${what}: have \`x types\` write it`);
}

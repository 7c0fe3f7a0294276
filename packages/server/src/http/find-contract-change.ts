import type { HttpEvent } from "../types.ts";
import { CONTRACT_HEADER } from "./contract-headers.ts";
import { ProblemError } from "./errors/problem-error.ts";

/** What one method of an API takes and gives, as `contract.json` has it. */
export interface ContractEntry {
  /** Stands for all the rest. */
  readonly hash: string;
  readonly input: unknown;
  readonly output: unknown;
  /** By code. */
  readonly errors: Readonly<Record<string, unknown>>;
}

/** The contract of one API, by method. */
export type ContractEntries = Readonly<Record<string, ContractEntry>>;

/** What is to be told of a request that was made by another contract than the API's own; `undefined` for all others. */
export function findContractChange(
  contract: ContractEntries,
  { method, headers }: HttpEvent,
): ProblemError | undefined {
  const hash = headers[CONTRACT_HEADER];
  if (hash === undefined) return undefined;
  const entry = contract[method];
  if (entry === undefined || entry.hash === hash) return undefined;
  return new ProblemError(
    {
      statusCode: 412,
      code: "CONTRACT_CHANGED",
      message: "the API has changed since the client was built: nothing was done",
    },
    { members: { contract: entry } },
  );
}

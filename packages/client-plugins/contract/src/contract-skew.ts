/** One thing in which the server is not what the client was built for. */
export interface ContractSkew {
  /** What the request takes, what it gives, or the data of an error that it declares. */
  readonly side: "input" | "output" | "error";
  /** Where: `items[].sku`. Empty for the whole; of an error it begins with the code. */
  readonly field: string;
  /**
   * `removed`: the server knows it no more. `required`: the server needs it now. `optional`: the server does not always
   * give it any more. `type`: it is of another type.
   */
  readonly problem: "removed" | "required" | "optional" | "type";
}

/**
 * Tells the error of a request that does not fit the server any more, and gives its data a type.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { isContractSkew } from "@x/client-contract";
 *
 * const { error } = await createClient({ baseUrl: "/api" }).get("orders/list");
 * if (isContractSkew(error)) console.log(error.data.map(({ side, field }) => `${side} ${field}`));
 * ```
 */
export function isContractSkew<Failure extends { readonly code: string; readonly data: unknown }>(
  error: Failure | undefined,
): error is Failure & { readonly code: "CONTRACT_SKEW"; readonly data: readonly ContractSkew[] } {
  return error?.code === "CONTRACT_SKEW";
}

import { createClient, type ClientErrorCode, type ClientPlugin, type ErrorOf } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import {
  contract,
  isContractSkew,
  type ContractErrorCode,
  type ContractSkew,
  type KnownContract,
} from "./index.ts";

interface Api {
  orders: { GET: { data: string[]; errors: { GONE: { since: string } } } };
}

declare const known: KnownContract;
const client = createClient<Api>().use([contract(known)]);

describe("contract", () => {
  it("takes what is written for it", () => {
    contract({ hashes: { "orders GET": "x" }, shapes: async () => ({ default: { orders: {} } }) } as const);
    // @ts-expect-error The shapes are what a module has as its default.
    contract({ hashes: {}, shapes: async () => ({}) });
    // @ts-expect-error It needs to be told what is known.
    contract();
  });

  it("is a plugin that adds no options", () => {
    expectTypeOf(contract(known)).toExtend<ClientPlugin>();
    // @ts-expect-error There is none.
    void client.get("orders", { contract: false });
  });

  it("adds its code to those of the client", () => {
    expectTypeOf<ContractErrorCode>().toExtend<ClientErrorCode>();
  });
});

describe("isContractSkew", () => {
  it("gives the error's data a type, also beside errors that the API declares", async () => {
    const { error } = await client.get("orders");
    expectTypeOf(error).toEqualTypeOf<ErrorOf<Api["orders"]["GET"]> | undefined>();
    if (isContractSkew(error)) {
      expectTypeOf(error.code).toEqualTypeOf<"CONTRACT_SKEW">();
      expectTypeOf(error.data).toEqualTypeOf<readonly ContractSkew[]>();
    } else if (error?.code === "GONE") expectTypeOf(error.data).toEqualTypeOf<{ since: string }>();
  });
});

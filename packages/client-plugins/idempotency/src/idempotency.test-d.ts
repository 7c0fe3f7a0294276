import { createClient, type ClientErrorCode, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import {
  idempotency,
  type IdempotencyErrorCode,
  type IdempotencyStorage,
  type IdempotencyTypes,
} from "./index.ts";

interface Api {
  orders: { GET: { data: string[] }; POST: { data: string; body: string } };
}

const client = createClient<Api>().use([idempotency()]);

describe("idempotency", () => {
  it("adds idempotencyKey to writes and their meta, and to no read", async () => {
    const { meta } = await client.post("orders", { body: "one", idempotencyKey: "order-7" });
    expectTypeOf(meta).toEqualTypeOf<{ readonly idempotencyKey?: string }>();
    void client.post("orders", { body: "one", idempotencyKey: false });
    // @ts-expect-error `true` is what it does anyway.
    void client.post("orders", { body: "one", idempotencyKey: true });
    // @ts-expect-error A read has none.
    void client.get("orders", { idempotencyKey: "order-7" });
  });

  it("takes the storages of browsers, and asynchronous ones", () => {
    expectTypeOf<Storage>().toExtend<IdempotencyStorage>();
    idempotency({
      storage: {
        getItem: async () => null,
        setItem: (_name, _value) => Promise.resolve(),
        removeItem: async () => {},
      },
    });
    // @ts-expect-error Nothing could be removed from it.
    idempotency({ storage: { getItem: () => null, setItem() {} } });
  });

  it("adds its error code to those of the client", () => {
    expectTypeOf<IdempotencyErrorCode>().toExtend<ClientErrorCode>();
  });

  it("can be named by its type", () => {
    expectTypeOf(idempotency()).toExtend<ClientPlugin<IdempotencyTypes>>();
  });
});

import { describe, expect, expectTypeOf, it } from "vitest";
import { createOrders, ORIGIN } from "./orders.ts";
import { connect } from "./typed-client.ts";

describe("an error that an API declares", () => {
  it("reaches the client with its code, its data and its message", async () => {
    const { client } = connect(createOrders().app);
    const { error } = await client.post("orders/create", { body: { sku: "tea", left: 2 } });
    if (error?.code !== "OUT_OF_STOCK") throw new Error("it is another error", { cause: error });
    expectTypeOf(error.data).toEqualTypeOf<{ sku: string; left: number }>();
    expect(error.data).toEqual({ sku: "tea", left: 2 });
    expect(error.status).toBe(409);
  });

  it("may have a status and a message of its own, and no data", async () => {
    const { client } = connect(createOrders().app);
    const { error } = await client.post("orders/create", { body: { sku: "locked" } });
    expect(error).toMatchObject({ code: "LOCKED", status: 423, data: undefined });
    expect(error?.message).toContain("the shop is closed");
  });

  it("reaches the client over a socket as well, and pages of other origins may read it", async () => {
    const { app } = createOrders();
    const server = await app.listen({ port: 0 });
    try {
      const { client } = connect({
        fetch: ({ url, method, headers, body }) =>
          fetch(url.replace("http://orders.example", server.url), {
            method,
            headers,
            ...(body ? { body, duplex: "half" } : {}),
          } as RequestInit),
      });
      const response = await client.post("orders/create", {
        body: { sku: "tea", left: 2 },
        headers: { origin: ORIGIN },
      });
      expect(response.error).toMatchObject({ code: "OUT_OF_STOCK", data: { left: 2 } });
      const exposed = response.headers["access-control-expose-headers"]?.split(/,\s*/) ?? [];
      expect(exposed).toEqual(expect.arrayContaining(["api-error", "api-reads", "api-writes"]));
    } finally {
      await server.close();
    }
  });
});

describe("any other failure", () => {
  it.each([
    ["a bug", { sku: "broken" }, 500],
    ["a declared error with data that does not fit", { sku: "tea", left: "few" }, 500],
    ["input that the schema refuses", { left: 1 } as never, 400],
  ])("is an HTTP_ERROR: %s", async (_name, body, status) => {
    const { client } = connect(createOrders().app);
    const { error } = await client.post("orders/create", { body });
    expect(error).toMatchObject({ code: "HTTP_ERROR", status, data: undefined });
  });
});

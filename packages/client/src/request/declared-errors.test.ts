import { describe, expect, it } from "vitest";
import { createTestBench, type Reply } from "../testing/index.ts";

const OUT_OF_STOCK = {
  status: 409,
  headers: { "api-error": "OUT_OF_STOCK" },
  data: { title: "Conflict", detail: "2 are left", code: "OUT_OF_STOCK", data: { sku: "tea", left: 2 } },
} as const;

async function failWith(reply: Reply) {
  const { client, transport } = createTestBench();
  transport.reply("POST orders", reply);
  return client.post("orders");
}

describe("an error that the API declares", () => {
  it("has its code and its data, beside what every failure has", async () => {
    const { error, status, aborted } = await failWith(OUT_OF_STOCK);
    expect({ status, aborted }).toEqual({ status: 409, aborted: false });
    expect(error).toMatchObject({
      name: "ClientError",
      code: "OUT_OF_STOCK",
      data: { sku: "tea", left: 2 },
      status: 409,
      body: OUT_OF_STOCK.data,
    });
    expect(error?.message).toContain("2 are left");
  });

  it("may have data that is falsy, or none", async () => {
    const withData = (data: unknown) =>
      failWith({ ...OUT_OF_STOCK, data: { code: "OUT_OF_STOCK", data } }).then(({ error }) => error);
    for (const data of [0, "", false, null, undefined])
      expect(await withData(data)).toMatchObject({ code: "OUT_OF_STOCK", data });
  });

  it.each([
    ["no header says so", {}],
    ["the header names another", { "api-error": "LOCKED" }],
    ["the header is no code", { "api-error": "out of stock" }],
  ])("is none where %s", async (_why, headers) => {
    const { error } = await failWith({ ...OUT_OF_STOCK, headers });
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 409, body: OUT_OF_STOCK.data });
    expect(error?.data).toBeUndefined();
  });

  it.each([null, undefined, "OUT_OF_STOCK", 0, []])("is none where the body is %j", async (data) => {
    const { error } = await failWith({ ...OUT_OF_STOCK, data });
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 409 });
  });

  it.each(["ABORTED", "IDENTITY_CHANGED", "NETWORK_ERROR", "HTTP_ERROR"])(
    "is never one of the client's own: %s",
    async (code) => {
      const response = await failWith({ ...OUT_OF_STOCK, headers: { "api-error": code }, data: { code } });
      expect(response).toMatchObject({ aborted: false, error: { code: "HTTP_ERROR", status: 409 } });
    },
  );

  it("is none on a success", async () => {
    const { data, error } = await failWith({ ...OUT_OF_STOCK, status: 200 });
    expect(error).toBeUndefined();
    expect(data).toEqual(OUT_OF_STOCK.data);
  });
});

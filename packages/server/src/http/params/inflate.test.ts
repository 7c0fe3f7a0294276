import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { askApi } from "../ask-api.ts";
import { HttpPlugin } from "../http-plugin.ts";

const api = askApi(
  defineApi({
    plugins: [new HttpPlugin({ config: { maxBodyBytes: 10_000 } })],
    handler: ({ params }) => params,
  }),
);
const send = (coding: string, body: unknown) =>
  api.ask({ headers: { "content-type": "application/json", "content-encoding": coding }, body });

describe("a packed body", () => {
  const text = JSON.stringify({ a: "żółw" });

  it.each([
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    [" GZIP ", gzipSync(text)],
    ["identity", text],
  ])("is unpacked when it says %j", async (coding, body) => {
    expect((await send(coding, body)).json).toEqual({ a: "żółw" });
  });

  it("is 413 as soon as what comes out is over the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, "a"));
    expect(bomb.length).toBeLessThan(10_000);
    for (const body of [bomb, new Blob([bomb]).stream()])
      expect(await send("gzip", body)).toMatchObject({ status: 413, json: { code: "BODY_TOO_LARGE" } });
  });

  it("is 413 when it is over the limit as it comes", async () => {
    expect(await send("gzip", Buffer.alloc(20_000))).toMatchObject({ status: 413 });
  });

  const whole = gzipSync(text);
  it.each([
    ["cut off", whole.subarray(0, -4)],
    ["not packed at all", Buffer.from(text)],
    ["followed by something else", Buffer.concat([whole, Buffer.from("x")])],
  ])("is 400 when it is %s", async (_, body) => {
    expect(await send("gzip", body)).toMatchObject({ status: 400, json: { code: "MALFORMED_BODY" } });
  });

  it.each(["br", "zstd", "compress", "gzip, gzip", "nonsense"])(
    "is 415 when it says %s, and is told what is read",
    async (coding) => {
      const { status, headers } = await send(coding, whole);
      expect(status).toBe(415);
      expect(headers["accept-encoding"]).toBe("gzip, deflate");
    },
  );
});

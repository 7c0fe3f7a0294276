import { describe, expect, it } from "vitest";
import { askApi } from "../http/ask-api.ts";
import { defineApi } from "./define-api.ts";

describe("the declaration of an error", () => {
  it.each([
    ["outOfStock", {}],
    ["OUT-OF-STOCK", {}],
    ["", {}],
    ["OUT_", {}],
    ["INVALID_PARAMS", {}],
    ["CONTRACT_CHANGED", {}],
    ["HTTP_ERROR", {}],
    ["CONTRACT_SKEW", {}],
    ["LOCKED", null],
    ["LOCKED", "text"],
    ["LOCKED", { status: 399 }],
    ["LOCKED", { status: 600 }],
    ["LOCKED", { status: "423" }],
    ["LOCKED", { message: 1 }],
    ["LOCKED", { schema: {} }],
    ["LOCKED", { statusCode: 423 }],
  ])("is refused where it is made: %s: %o", (code, declaration) => {
    const define = () => defineApi({ errors: { [code]: declaration } as never, handler: () => {} });
    expect(define).toThrow(expect.objectContaining({ code: "INVALID_API" }));
  });

  it("is refused where it is no object", () => {
    for (const errors of [null, "LOCKED", 1])
      expect(() => defineApi({ errors: errors as never, handler: () => {} })).toThrow(
        expect.objectContaining({ code: "INVALID_API" }),
      );
  });

  it("may be a schema that is a function", async () => {
    const schema = Object.assign(() => {}, {
      "~standard": { version: 1 as const, vendor: "test", validate: (value: unknown) => ({ value }) },
    });
    const api = defineApi({
      errors: { LOCKED: schema },
      handler({ errors }) {
        throw errors.LOCKED({ by: "ada" });
      },
    });
    expect((await askApi(api).ask()).json).toMatchObject({ data: { by: "ada" } });
  });
});

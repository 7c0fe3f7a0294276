import { defineApi } from "@x/server";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../tooling/workspace.ts";
import { readErrorCodes } from "../prose/read-error-codes.ts";

/** What `error.code` may be by itself, whatever the API. */
const codes = readErrorCodes([join(ROOT, "packages/client/src/errors.ts")]);

describe("a code that the client has of its own", () => {
  it.each([...codes, "CONTRACT_SKEW"])("is refused where an API declares it: %s", (code) => {
    expect(() => defineApi({ errors: { [code]: {} }, handler: () => {} })).toThrow(
      expect.objectContaining({ code: "INVALID_API" }),
    );
  });
});

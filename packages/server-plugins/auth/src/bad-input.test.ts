import { defineApi } from "@x/server";
import { testApi } from "@x/server/testing";
import fc from "fast-check";
import type { JWTPayload } from "jose";
import { describe, expect, it } from "vitest";
import { AuthPlugin } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

const auth = new AuthPlugin({
  config: { secret: SECRET, cookie: { name: "token" }, rolesClaim: ["a", "b"], audience: "orders" },
});
const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }));
const part = fc.oneof(fc.base64String(), fc.string(), fc.constantFrom("e30", "eyJhbGciOiJIUzI1NiJ9", "bnVsbA"));

describe("whatever comes in", () => {
  it("as a header or a cookie without a good signature is a 401", async () => {
    const token = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join(".")),
    );
    await fc.assert(
      fc.asyncProperty(token, fc.constantFrom("Bearer ", "bearer", ""), async (text, scheme) => {
        expect((await call({}, { headers: { authorization: scheme + text } })).statusCode).toBe(401);
        // As bytes: what has no form in a URL has none in the cookies of a test either.
        expect((await call({}, { headers: { cookie: `token=${text}` } })).statusCode).toBe(401);
      }),
    );
  });

  it("as claims with a good signature is a 200 or a 401, and never breaks anything", async () => {
    const claims = fc.dictionary(
      fc.constantFrom("sub", "iss", "aud", "exp", "nbf", "iat", "a", "__proto__", "constructor"),
      fc.oneof(fc.constantFrom("orders", "ann", 4e9), fc.jsonValue()),
    );
    await fc.assert(
      fc.asyncProperty(claims, async (given) => {
        // Whatever it holds; the signer itself refuses only dates that are no numbers.
        const token = await signToken(given as JWTPayload).catch(() => "");
        expect([200, 401]).toContain((await call({}, bearer(token))).statusCode);
      }),
    );
  });
});

import { createHmac } from "node:crypto";
import { defineApi } from "@x/server";
import { testApi } from "@x/server/testing";
import * as fc from "fast-check";
import type { JWTPayload } from "jose";
import { describe, expect, it } from "vitest";
import { AuthPlugin } from "./index.ts";
import { bearer, SECRET, signToken } from "./test-support/sign-token.ts";

const auth = new AuthPlugin({
  config: { secret: SECRET, cookie: { name: "token" }, rolesClaim: ["a", "b"], audience: "orders" },
});
const call = testApi(defineApi({ plugins: [auth], handler: () => 1 }));
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const part = fc.oneof(
  fc.base64String(),
  fc.string(),
  fc.constantFrom("e30", "eyJhbGciOiJIUzI1NiJ9", "bnVsbA"),
);

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

  it("as the header of a token with a good signature is a 200 or a 401", async () => {
    const header = fc.dictionary(
      fc.constantFrom("typ", "kid", "crit", "b64", "jwk", "x5u", "cty", "__proto__"),
      fc.oneof(fc.jsonValue(), fc.constant(["b64"]), fc.boolean()),
    );
    const claims = encode({ sub: "ann", aud: "orders", exp: 4e9 });
    await fc.assert(
      fc.asyncProperty(
        header,
        fc.constantFrom("HS256", "HS512", "RS256", "none", 1, null),
        async (given, alg) => {
          const signed = `${encode({ alg, ...given })}.${claims}`;
          const signature = createHmac("sha256", SECRET).update(signed).digest("base64url");
          const { statusCode } = await call({}, bearer(`${signed}.${signature}`));
          expect(alg === "HS256" ? [200, 401] : [401]).toContain(statusCode);
        },
      ),
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

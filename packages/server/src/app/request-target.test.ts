import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTarget } from "./request-target.ts";

describe("parseTarget", () => {
  it.each([
    ["/", "/", ""],
    ["/orders/create", "/orders/create", ""],
    ["/orders?a=1&b=%20", "/orders", "a=1&b=%20"],
    ["/caf%C3%A9%20au%20lait", "/café au lait", ""],
    ["/a?next=/../../admin", "/a", "next=/../../admin"],
    ["/a#fragment?no", "/a", ""],
    ["/a?b#c", "/a", "b"],
    ["http://example.com/a?b", "/a", "b"],
    ["HTTPS://example.com", "/", ""],
    ["http://example.com?b", "/", "b"],
    ["*", "*", ""],
    ["//evil.example/a", "//evil.example/a", ""],
    ["/%252e%252e/a", "/%2e%2e/a", ""],
    ["/a/%2e%2e/b", "/a/../b", ""],
    ["/a?%zz", "/a", "%zz"],
  ])("takes %s apart", (target, path, queryString) => {
    expect(parseTarget(target)).toEqual({ path, queryString });
  });

  it.each(["/a%2fb", "/a%2Fb", "/a%5Cb", "/a%00b"])(
    "gives %s no path: decoding would change its meaning",
    (target) => {
      expect(parseTarget(target)?.path).toBe("");
    },
  );

  it.each([
    "/%",
    "/%z",
    "/%zz",
    "/%e9",
    "/%c0%af",
    "/%c0%ae%c0%ae/",
    "/%ed%a0%80",
    "/%f8%80%80%80%80",
    "/%ff",
  ])("refuses %s", (target) => {
    expect(parseTarget(target)).toBeUndefined();
  });

  it("gives for any text a path and a query, or nothing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), (target) => {
        const parsed = parseTarget(target);
        expect([undefined, "string"]).toContain(
          typeof parsed?.path === "string" ? typeof parsed.queryString : parsed,
        );
      }),
    );
  });
});

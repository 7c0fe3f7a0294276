import { describe, expect, test } from "vitest";
import { PLUGIN_KINDS } from "./plugin-kind.ts";
import { toPluginNames } from "./plugin-names.ts";

describe("the names of a plugin", () => {
  test("an official one has a plain word, and its package the official scope", () => {
    expect(toPluginNames("client-plugin", "rate-limit")).toEqual({
      vendor: undefined,
      word: "rate-limit",
      plugin: "rate-limit",
      package: "@x/client-rate-limit",
      core: "@x/client",
      folder: "client-rate-limit",
      camel: "rateLimit",
      pascal: "RateLimit",
    });
  });

  test("everybody else's has a vendor, which is the scope of the package", () => {
    expect(toPluginNames("server-plugin", "acme-labs:s3")).toEqual({
      vendor: "acme-labs",
      word: "s3",
      plugin: "acme-labs:s3",
      package: "@acme-labs/server-s3",
      core: "@x/server",
      folder: "server-s3",
      camel: "s3",
      pascal: "S3",
    });
  });
});

describe.each(PLUGIN_KINDS)("no name of a %s", (kind) => {
  test.each([
    ["", "small letters"],
    ["Audit", "small letters"],
    ["audit log", "small letters"],
    ["-audit", "small letters"],
    ["audit-", "small letters"],
    ["2fa", "small letters"],
    ["acme:", "small letters"],
    [":audit", "small letters"],
    ["acme:audit:log", "small letters"],
    ["@acme/audit", "small letters"],
    ["../audit", "small letters"],
    ["acme:../../audit", "small letters"],
    ["a".repeat(61), "small letters"],
    ["delete", '"delete" has a meaning of its own'],
    ["acme:index", '"index" has a meaning of its own'],
    ["x:audit", "@x is the scope of the official plugins"],
  ])("is %j", (name, words) => {
    expect(() => toPluginNames(kind, name)).toThrow(words);
  });
});

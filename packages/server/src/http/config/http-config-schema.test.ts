import { describe, expect, it } from "vitest";
import { builtInPlugins } from "../built-in-plugins.ts";
import { HttpPlugin } from "../http-plugin.ts";
import type { HttpConfig } from "./http-config.ts";
import { httpConfigSchema } from "./http-config-schema.ts";
import { toHttpSettings } from "./http-settings.ts";

const SECRET = "secret, of 32 characters or more";

const validate = (value: unknown) => {
  const result = httpConfigSchema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("is not synchronous");
  return result;
};
const faultsOf = (value: unknown) =>
  validate(value).issues?.map(({ path, message }) => `${path?.map(String).join(".")}: ${message}`);

const everything: HttpConfig = {
  maxBodyBytes: 1,
  maxFields: 0,
  maxFiles: 0,
  maxFileBytes: 1,
  parseBody: false,
  etag: true,
  cookie: {
    path: "/a",
    domain: "example.com",
    maxAgeSeconds: 1,
    httpOnly: false,
    secure: true,
    sameSite: "none",
    partitioned: true,
  },
  session: {
    secrets: [SECRET],
    name: "sid",
    maxAgeSeconds: 1,
    rolling: true,
    cookie: { path: "/", secure: true },
  },
  cors: {
    origins: ["http://localhost:3000", "https://*.example.com", "capacitor://localhost", "http://[::1]:80"],
    credentials: true,
    methods: ["GET"],
    headers: ["x-a"],
    exposeHeaders: ["x-b"],
    maxAgeSeconds: 0,
  },
};

describe("the configuration of http", () => {
  it("may be missing, empty, or have every key there is", () => {
    const cors = {
      ...everything.cors,
      origins: ["http://localhost:3000", "https://*.example.com", "capacitor://localhost"],
    };
    for (const value of [undefined, null, {}, { ...everything, cors }, { cors: { origins: "*" } }])
      expect(faultsOf(value)).toBeUndefined();
  });

  it("takes what YAML leaves empty as not there", () => {
    const empty = { maxBodyBytes: null, cookie: null, session: { secret: null }, cors: null };
    expect(faultsOf(empty)).toBeUndefined();
    // What configuration holds is not what its type says where YAML is empty.
    expect(toHttpSettings(empty as unknown as HttpConfig)).toEqual(toHttpSettings({}));
  });

  it("tells every wrong type and value with its path, and quotes no secret", () => {
    const faults = faultsOf({
      maxBodyBytes: "1mb",
      maxFiles: -1,
      etag: 1,
      cookie: { sameSite: "Lax", path: "a" },
      session: { secret: "short secret", name: "a b", secrets: SECRET, maxAgeSeconds: 0 },
      cors: { origins: ["https://example.com/", "example.com", 1], methods: "GET" },
    });
    expect(faults).toEqual([
      "maxBodyBytes: must be a whole number from 0",
      "maxFiles: must be a whole number from 0",
      "etag: must be true or false",
      "cookie.path: must begin with / and hold no semicolon",
      "cookie.sameSite: must be one of strict, lax, none",
      "session.secret: must be text of 32 characters at least",
      "session.secrets: must be a list",
      "session.name: must be a name of letters, digits and dashes",
      "session.maxAgeSeconds: must be a whole number from 1",
      expect.stringContaining("cors.origins.0: must be an origin such as https://example.com"),
      expect.stringContaining("cors.origins.1: must be an origin"),
      "cors.origins.2: must be text",
      "cors.methods: must be a list",
    ]);
    expect(JSON.stringify(faults)).not.toMatch(/short secret|of 32 characters or more/);
  });

  it("tells unknown and missing keys, as libraries do", () => {
    expect(validate({ maxBody: 1, Etag: true, cors: {} }).issues).toEqual([
      {
        path: [],
        message: 'unknown: "maxBody", "Etag"',
        code: "unrecognized_keys",
        keys: ["maxBody", "Etag"],
      },
      { path: ["cors"], message: '"origins" is missing' },
    ]);
    expect(faultsOf(JSON.parse('{"__proto__":{},"constructor":1}'))).toEqual([
      ': unknown: "__proto__", "constructor"',
    ]);
    for (const value of [1, "a", []]) expect(faultsOf(value)).toEqual([": must be a map"]);
  });

  it("tells what does not go together", () => {
    expect(
      faultsOf({
        cookie: { sameSite: "none", secure: false },
        session: { secret: SECRET, secrets: [SECRET] },
        cors: { origins: "*", credentials: true },
      })?.map((fault) => fault.split(":")[0]),
    ).toEqual(["cors.credentials", "session.secret", "cookie.sameSite", "session.cookie.sameSite"]);
    expect(faultsOf({ cors: { origins: "all" } })).toEqual(["cors.origins: must be a list or *"]);
    expect(faultsOf({ cors: { origins: ["https://example.com:443"] } })).toEqual([
      "cors.origins.0: is not how browsers write an origin: leave out the default port",
    ]);
  });

  it("has the defaults that are documented", () => {
    expect(toHttpSettings({})).toEqual({
      limits: { maxBodyBytes: 1_048_576, maxFields: 1000, maxFiles: 10, maxFileBytes: 1_048_576 },
      parseBody: true,
      etag: false,
      cookie: { path: "/", httpOnly: true, secure: true, sameSite: "lax" },
      session: {
        secrets: [],
        name: "session",
        maxAgeSeconds: 604_800,
        rolling: false,
        cookie: { path: "/", httpOnly: true, secure: true, sameSite: "lax" },
      },
      cors: undefined,
    });
  });

  it("is described to editors as it is checked", () => {
    const described = httpConfigSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" });
    expect(described).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { maxBodyBytes: { type: "integer", default: 1_048_576 } },
    });
    expect(Object.keys(described["properties"] as object)).toEqual(Object.keys(everything));
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
    const properties = described["properties"] as Record<string, { readonly default?: unknown }>;
    const defaults = Object.entries(properties).map(([key, property]) => [key, property.default]);
    expect(faultsOf(Object.fromEntries(defaults))).toBeUndefined();
  });

  it("may be shown, all but the secrets", () => {
    const known = Object.keys(everything);
    for (const path of HttpPlugin.publicConfig) expect(known).toContain(path.split(".")[0]);
    expect(HttpPlugin.publicConfig.filter((path) => "session.secrets".startsWith(path))).toEqual([]);
    expect(builtInPlugins["http"]?.configSchema).toBe(httpConfigSchema);
  });
});

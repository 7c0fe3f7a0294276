import { describe, expect, it } from "vitest";
import { createClient } from "./create-client.ts";
import { createTestBench } from "../testing/index.ts";

describe("a base URL is put before every path", () => {
  it.each([
    ["", "posts"],
    ["/", "/posts"],
    ["/api", "/api/posts"],
    ["/api/", "/api/posts"],
    ["//api.example/v1", "//api.example/v1/posts"],
    ["https://api.example", "https://api.example/posts"],
    ["https://api.example/v1/", "https://api.example/v1/posts"],
    ["http://localhost:3000", "http://localhost:3000/posts"],
    ["http://[::1]:3000/api", "http://[::1]:3000/api/posts"],
    ["capacitor://localhost", "capacitor://localhost/posts"],
  ])("%j: %s", async (baseUrl, url) => {
    const { client, transport } = createTestBench({ baseUrl });
    transport.reply(`GET ${url}`, { data: "here" });
    expect((await client.get("/posts")).data).toBe("here");
  });
});

describe("INVALID_BASE_URL is thrown by createClient", () => {
  it.each([
    ["no URL", "not a URL"],
    ["a path that is relative to nothing known", "api/v1"],
    ["a host without its scheme", "api.example"],
    ["a host and port without their scheme, which parse as a scheme", "localhost:3000"],
    ["a scheme without a host", "https://"],
    ["a query, which paths would be appended to", "https://api.example/v1?key=1"],
    ["a fragment", "https://api.example/v1#top"],
    ["a relative path with a query", "/api?key=1"],
  ])("for %s", (_what, baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(
      expect.objectContaining({ name: "ClientError", code: "INVALID_BASE_URL" }),
    );
  });
});

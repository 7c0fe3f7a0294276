import { describe, expect, it } from "vitest";
import { defineApi } from "../api/define-api.ts";
import type { Plugin } from "../types.ts";
import { countLifecycle } from "./test-support/count-lifecycle.ts";
import { createTestApp, get } from "./test-support/serve.ts";

describe("mounting the functions of an app", () => {
  it("answers 503 while a function cannot be mounted, tells the client nothing, and tries again", async () => {
    const { plugin, seen } = countLifecycle({ failures: 1 });
    const { app, lines } = createTestApp({
      routes: { db: defineApi({ method: "GET", plugins: [plugin], handler: () => "up" }) },
    });
    const failed = await get(app, "/db", { headers: { "x-request-id": "r-1" } });
    expect([failed.status, failed.headers.get("retry-after")]).toEqual([503, "1"]);
    const text = await failed.text();
    expect(JSON.parse(text)).toMatchObject({ code: "NOT_READY", detail: expect.stringContaining("r-1") });
    expect(text).not.toContain("planted");
    expect(lines).toEqual([
      {
        level: "error",
        message: "planted",
        fields: { func: "db", requestId: "r-1", err: expect.any(Error), file: undefined },
      },
    ]);
    expect(await (await get(app, "/db")).json()).toBe("up");
    expect(seen).toEqual(["mount", "mount"]);
  });

  it("answers 503 whatever a plugin throws as it mounts", async () => {
    for (const thrown of [undefined, null, "text", { toString: 1 }]) {
      const plugin: Plugin = {
        type: "t",
        name: "t",
        onMount() {
          throw thrown;
        },
      };
      const { app } = createTestApp({
        routes: { a: defineApi({ method: "GET", plugins: [plugin], handler: () => 1 }) },
      });
      expect((await get(app, "/a")).status).toBe(503);
      expect(await app.find("/a")).toMatchObject({ state: "failed" });
    }
  });

  it("answers 500 when configuration or plugins are wrong: another attempt would not help", async () => {
    const twice = [countLifecycle().plugin, countLifecycle().plugin];
    const { app } = createTestApp({
      routes: { a: defineApi({ method: "GET", plugins: twice, handler: () => 1 }) },
    });
    expect((await get(app, "/a")).status).toBe(500);
  });

  it("limits how long a mount may take", async () => {
    const hang: Plugin = { type: "hang", name: "hang", onMount: () => new Promise(() => {}) };
    const { app } = createTestApp({
      mountTimeoutMs: 20,
      routes: { a: defineApi({ method: "GET", plugins: [hang], handler: () => 1 }) },
    });
    expect((await get(app, "/a")).status).toBe(503);
    expect(await app.find("/a")).toMatchObject({
      state: "failed",
      failure: { code: "MOUNT_TIMEOUT", plugins: ["hang"] },
    });
  });

  it("mounts everything at once, and tells of all that failed", async () => {
    const { app } = createTestApp({
      routes: {
        one: defineApi({ handler: () => 1 }),
        two: defineApi({ plugins: [countLifecycle({ failures: 9 }).plugin], handler: () => 1 }),
        three: defineApi({ plugins: [countLifecycle({ failures: 9 }).plugin], handler: () => 1 }),
      },
    });
    await expect(app.mount()).rejects.toMatchObject({
      code: "MOUNT_FAILED",
      message: /2 of 3 functions[^]*two: planted[^]*three: planted/,
      faults: [{ message: "planted" }, { message: "planted" }],
    });
    expect((await app.routes()).map(({ state }) => state)).toEqual(["mounted", "failed", "failed"]);
  });
});

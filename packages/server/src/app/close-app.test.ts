import { describe, expect, it } from "vitest";
import { defineApi } from "../api/define-api.ts";
import type { Plugin } from "../types.ts";
import { createApp } from "./create-app.ts";
import { countLifecycle } from "./test-support/count-lifecycle.ts";
import { createTestApp, get } from "./test-support/serve.ts";

describe("closing an app", () => {
  it("closes once: every plugin's onClose, and nothing is served any more", async () => {
    const { plugin, seen } = countLifecycle();
    const { app } = createTestApp({
      routes: { a: defineApi({ method: "GET", plugins: [plugin], handler: () => 1 }) },
    });
    await get(app, "/a");
    await Promise.all([app.close(), app.close(), app[Symbol.asyncDispose]()]);
    expect(seen).toEqual(["mount", "close"]);
    expect((await get(app, "/a")).status).toBe(503);
    for (const act of [() => app.listen({ port: 0 }), () => app.mount(), () => app.reload()])
      await expect(act()).rejects.toMatchObject({ code: "APP_CLOSED" });
  });

  it("lets running requests end before it closes their functions, within the time it is given", async () => {
    const log: string[] = [];
    const slow = (ms: number) =>
      defineApi({
        method: "GET",
        plugins: [
          {
            type: "t",
            name: "t",
            onInvoke: (_, next) => next(),
            onClose: () => void log.push(`close ${ms}`),
          },
        ],
        async handler() {
          await new Promise((resolve) => setTimeout(resolve, ms));
          log.push(`end ${ms}`);
          return ms;
        },
      });
    const { app } = createTestApp({ routes: { short: slow(50), long: slow(600) } });
    const running = [get(app, "/short"), get(app, "/long")];
    while ((await app.routes()).some(({ state }) => state !== "mounted")) await new Promise(setImmediate);
    await app.close({ graceMs: 200 });
    expect(log.toSorted()).toEqual(["close 50", "close 600", "end 50"]);
    expect(log[0]).toBe("end 50");
    await Promise.all(running);
  });

  it("serves a function again that another app has closed", async () => {
    const { plugin, seen } = countLifecycle();
    const api = defineApi({ method: "GET", plugins: [plugin], handler: () => 1 });
    for (const app of [
      createTestApp({ routes: { a: api } }).app,
      createTestApp({ routes: { a: api } }).app,
    ]) {
      expect((await get(app, "/a")).status).toBe(200);
      await app.close();
    }
    expect(seen).toEqual(["mount", "close", "mount", "close"]);
  });

  it("does not wait for ever for a function to close", async () => {
    const hang: Plugin = {
      type: "hang",
      name: "hang",
      onInvoke: (_, next) => next(),
      onClose: () => new Promise(() => {}),
    };
    const app = createApp({ routes: { a: defineApi({ method: "GET", plugins: [hang], handler: () => 1 }) } });
    await get(app, "/a");
    const failed = {
      code: "CLOSE_FAILED",
      cause: { errors: [{ message: 'routes["a"] did not close within 1000 ms' }] },
    };
    await expect(app.close({ graceMs: 0 })).rejects.toMatchObject(failed);
  });

  it("tries to close every function, and tells of those that failed", async () => {
    const log: string[] = [];
    const fails: Plugin = {
      type: "t",
      name: "t",
      onInvoke: (_, next) => next(),
      onClose: () => {
        throw new Error("planted");
      },
    };
    const fine: Plugin = {
      type: "t",
      name: "t",
      onInvoke: (_, next) => next(),
      onClose: () => void log.push("closed"),
    };
    const api = (plugin: Plugin) => defineApi({ method: "GET", plugins: [plugin], handler: () => 1 });
    const app = createApp({ routes: { a: api(fails), b: api(fine) } });
    await Promise.all([get(app, "/a"), get(app, "/b")]);
    await expect(app.close()).rejects.toMatchObject({ code: "CLOSE_FAILED" });
    expect(log).toEqual(["closed"]);
  });
});

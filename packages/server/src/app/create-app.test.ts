import { describe, expect, it } from "vitest";
import { defineApi } from "../api/define-api.ts";
import { Func } from "../func/func.ts";
import type { FuncConfig, InvokeData, Next, Plugin, PluginConfigValues } from "../types.ts";
import type { App } from "./app-types.ts";
import { createApp } from "./create-app.ts";
import { apiFile, createProject } from "./test-support/create-project.ts";
import { createTestApp } from "./test-support/serve.ts";

const get = (app: App, path: string, init?: RequestInit) =>
  app.fetch(new Request(`http://localhost${path}`, init));

/** A plugin whose mounts and closings are counted. */
function counted(options: { fail?: number } = {}) {
  const seen: string[] = [];
  let failures = options.fail ?? 0;
  const plugin: Plugin = {
    type: "counted",
    name: "counted",
    async onMount(_data, next) {
      seen.push("mount");
      if (failures-- > 0) throw new Error("planted");
      await next();
    },
    onClose: () => void seen.push("close"),
  };
  return { plugin, seen };
}

describe("createApp", () => {
  it.each([
    [undefined, "INVALID_APP"],
    [{}, "INVALID_APP"],
    [{ routes: { a: () => 1 } }, "INVALID_APP"],
    [{ routes: { a: null } }, "INVALID_APP"],
    [{ root: 7 }, "INVALID_ROOT"],
    [{ routes: {}, requestTimeoutMs: -1 }, "INVALID_APP"],
    [{ routes: {}, mountTimeoutMs: "1" }, "INVALID_APP"],
  ])("refuses %j", (options, code) => {
    expect(() => createApp(options as never)).toThrow(expect.objectContaining({ code }));
  });

  it("serves functions that code gives, exactly, by folder, and by several paths", async () => {
    const shared = defineApi({ method: "GET", handler: ({ event }) => event.path });
    const { app } = createTestApp({
      routes: {
        "": shared,
        "/orders/create": shared,
        "files/*": shared,
        plain: new Func({ handler: () => "plain" }),
      },
    });
    for (const path of ["/", "/orders/create", "/files", "/files/a/b"])
      expect(await (await get(app, path)).json()).toBe(path);
    expect((await get(app, "/orders")).status).toBe(404);
    expect((await get(app, "/plain")).status).toBe(405);
    expect(await (await get(app, "/plain", { method: "POST" })).json()).toBe("plain");
    expect(await app.routes()).toHaveLength(2);
  });

  it("refuses a path that no URL reaches, and two functions in one place", async () => {
    const api = defineApi({ handler: () => 1 });
    await expect(createTestApp({ routes: { "a//b": api } }).app.routes()).rejects.toMatchObject({
      code: "INVALID_APP",
    });
    const other = defineApi({ handler: () => 2 });
    const { app } = createTestApp({ routes: { a: api, "/a": other } });
    await expect(app.routes()).rejects.toMatchObject({
      code: "DUPLICATE_ROUTE",
      message: /routes\["a"\].*routes\["\/a"\]/,
    });
  });

  it("has routes of code and of files side by side", async () => {
    const { root } = await createProject({ "file.api.ts": apiFile("() => 'file'") });
    const { app } = createTestApp({
      root,
      routes: { code: defineApi({ method: "GET", handler: () => "code" }) },
    });
    expect([await (await get(app, "/file")).json(), await (await get(app, "/code")).json()]).toEqual([
      "file",
      "code",
    ]);
  });

  it("configures functions of code by the app, and by themselves over that", async () => {
    class Show implements Plugin {
      readonly type = "show";
      readonly name = "show";
      config: PluginConfigValues = {};
      async onInvoke(data: InvokeData, next: Next) {
        await next();
        const { a, deep, list } = this.config;
        data.response = [a, deep.x, deep.y, ...list];
      }
    }
    const config: FuncConfig = {
      plugins: { show: { config: { a: 1, deep: { x: 1, y: 1 }, list: [1, 2] } } },
    };
    const own: FuncConfig = { plugins: { show: { config: { deep: { y: 2 }, list: [3] } } } };
    const { app } = createTestApp({
      config,
      routes: {
        base: defineApi({ method: "GET", plugins: [new Show()], handler: () => 0 }),
        own: defineApi({ method: "GET", plugins: [new Show()], config: own, handler: () => 0 }),
      },
    });
    expect(await (await get(app, "/base")).json()).toEqual([1, 1, 1, 1, 2]);
    expect(await (await get(app, "/own")).json()).toEqual([1, 1, 2, 3]);
  });

  it("B-70: makes each plugin once, however many first requests arrive together", async () => {
    const { root } = await createProject({
      "faas.yaml": `defaults: { plugins: { made: { type: ./made.ts } } }`,
      "made.ts": `
        export class MadePlugin {
          type = "made"; name = "made";
          constructor() { globalThis.madePlugins = (globalThis.madePlugins ?? 0) + 1; }
          async onMount(data, next) { await new Promise((done) => setTimeout(done, 10)); await next(); }
        }`,
      "x/index.api.ts": apiFile("() => globalThis.madePlugins"),
    });
    const { app } = createTestApp({ root });
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => (await get(app, index % 2 ? "/x" : "/x/index")).json()),
    );
    expect(new Set(answers)).toEqual(new Set([1]));
  });

  it("answers 503 while a function cannot be mounted, tells the client nothing, and tries again", async () => {
    const { plugin, seen } = counted({ fail: 1 });
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

  it("answers 500 when configuration or plugins are wrong: another attempt would not help", async () => {
    const twice = [counted().plugin, counted().plugin];
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
        two: defineApi({ plugins: [counted({ fail: 9 }).plugin], handler: () => 1 }),
        three: defineApi({ plugins: [counted({ fail: 9 }).plugin], handler: () => 1 }),
      },
    });
    await expect(app.mount()).rejects.toMatchObject({
      code: "MOUNT_FAILED",
      message: /2 of 3 functions[^]*two: planted[^]*three: planted/,
      faults: [{ message: "planted" }, { message: "planted" }],
    });
    expect((await app.routes()).map(({ state }) => state)).toEqual(["mounted", "failed", "failed"]);
  });

  it("tells what is known of a route, more as it is loaded and mounted", async () => {
    const { root } = await createProject({
      "x/default.api.ts": apiFile("() => 1", 'method: "PUT", plugins: []'),
    });
    const { app } = createTestApp({ root });
    const file = `${root}/x/default.api.ts`;
    const place = { path: "/x/*", paths: ["/x/*", "/x/default"], file };
    expect(await app.find("/x/y")).toEqual({ ...place, state: "idle" });
    await app.load("/x/y");
    expect(await app.find("/x/y")).toEqual({ ...place, state: "loaded", methods: ["PUT"], plugins: [] });
    await app.mount();
    expect(await app.find("/x")).toEqual({ ...place, state: "mounted", methods: ["PUT"], plugins: ["http"] });
    expect([await app.find("/y"), await app.load("/y")]).toEqual([undefined, undefined]);
  });

  it("passes its functions what instruments their steps", async () => {
    const seen: (string | undefined)[] = [];
    const { app } = createTestApp({
      routes: { a: defineApi({ method: "GET", handler: () => 1 }) },
      instrument: (steps) => (seen.push(...steps.map(({ name }) => name)), steps),
    });
    await get(app, "/a");
    expect(seen).toEqual(["http", "handler"]);
  });

  it("closes once: every plugin's onClose, and nothing is served any more", async () => {
    const { plugin, seen } = counted();
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

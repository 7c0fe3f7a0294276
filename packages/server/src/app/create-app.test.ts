import { describe, expect, it } from "vitest";
import { defineApi } from "../api/define-api.ts";
import { Func } from "../func/func.ts";
import type { FuncConfig, InvokeData, Next, Plugin, PluginConfigValues } from "../types.ts";
import { createApp } from "./create-app.ts";
import { apiFile, createProject } from "./test-support/create-project.ts";
import { createTestApp, get } from "./test-support/serve.ts";

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
});

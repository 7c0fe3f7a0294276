import { rm, rename } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apiFile, createProject } from "../test-support/create-project.ts";
import { createTestApp } from "../test-support/serve.ts";

const echo = (name: string) => apiFile(`({ event }) => ["${name}", event.path]`);

/** What a path answers: the handler's value, or the status. */
async function ask(app: { fetch(request: Request): Promise<Response> }, path: string): Promise<unknown> {
  const response = await app.fetch(new Request(`http://localhost${path}`));
  return response.ok ? response.json() : response.status;
}

describe("file routes", () => {
  it("answer by the file of a path, its index, its default, and the default of each parent", async () => {
    const { root } = await createProject({
      "index.api.ts": echo("root"),
      "default.api.ts": echo("any"),
      "users.api.ts": echo("users"),
      "users/default.api.ts": echo("any user"),
      "users/create.api.mts": echo("create"),
      "orders/index.api.ts": echo("orders"),
      "reports/default.api.ts": echo("any report"),
      "reports/daily/sum.api.ts": echo("sum"),
    });
    const { app } = createTestApp({ root });
    const answers = await Promise.all(
      ["/", "/users", "/users/create", "/users/7/edit", "/orders", "/orders/index", "/orders/7", "/reports"]
        .concat(["/reports/daily/sum", "/reports/daily", "/Users", "/users/create.api"])
        .map(async (path) => [path, ((await ask(app, path)) as string[])[0]]),
    );
    expect(Object.fromEntries(answers)).toEqual({
      "/": "root",
      "/users": "users",
      "/users/create": "create",
      "/users/7/edit": "any user",
      "/orders": "orders",
      "/orders/index": "orders",
      "/orders/7": "any",
      "/reports": "any report",
      "/reports/daily/sum": "sum",
      "/reports/daily": "any report",
      "/Users": "any",
      "/users/create.api": "any user",
    });
  });

  it("answer to decoded paths", async () => {
    const { root } = await createProject({ "café au lait/à.api.ts": echo("coffee") });
    const { app } = createTestApp({ root });
    expect(await ask(app, "/caf%C3%A9%20au%20lait/%C3%A0")).toEqual(["coffee", "/café au lait/à"]);
  });

  it("take a root as a path, as a URL, and through a symbolic link", async () => {
    const project = await createProject({ "src/ping.api.ts": echo("ping") });
    await project.link("linked", `${project.root}/src`);
    for (const root of [
      `${project.root}/src`,
      pathToFileURL(`${project.root}/src`),
      `${project.root}/linked`,
    ])
      expect(await ask(createTestApp({ root }).app, "/ping")).toEqual(["ping", "/ping"]);
  });

  it("B-77: have nothing to do with tests, packages, dot folders and what links lead out to", async () => {
    const outside = await createProject({ "secret.api.ts": echo("secret"), "folder/x.api.ts": echo("x") });
    const project = await createProject({
      "public/ping.api.ts": echo("ping"),
      "public/__tests__/ping.api.ts": echo("test"),
      "node_modules/pkg/x.api.ts": echo("package"),
      ".hidden/x.api.ts": echo("hidden"),
      ".env.api.ts": echo("env"),
      "public/ping.api.test.ts": echo("a test"),
      "public/types.api.d.ts": "export {};",
      "public/ping.ts": echo("no API"),
    });
    await project.link("public/secret.api.ts", `${outside.root}/secret.api.ts`);
    await project.link("linked", `${outside.root}/folder`);
    await project.link("public/gone.api.ts", `${project.root}/nowhere.api.ts`);
    const { app } = createTestApp({ root: project.root });
    expect((await app.routes()).map(({ path }) => path)).toEqual(["/public/ping"]);
    const paths = ["/public/__tests__/ping", "/node_modules/pkg/x", "/.hidden/x", "/.env", "/public/secret"];
    for (const path of [
      ...paths,
      "/linked/x",
      "/public/gone",
      "/public/ping/",
      "/public//ping",
      "/public/ping.api.ts",
    ])
      expect([path, await ask(app, path)]).toEqual([path, 404]);
  });

  it("B-70: two URLs of one file share one function, also where a link leads to it", async () => {
    const project = await createProject({
      "users/index.api.ts": apiFile("() => (globalThis.mountedUsers += 0, 1)"),
    });
    await project.link("people.api.ts", `${project.root}/users/index.api.ts`);
    const { app } = createTestApp({ root: project.root });
    const funcs = await Promise.all(["/users", "/users/index", "/people"].map((path) => app.load(path)));
    expect(funcs[0]).toBeDefined();
    expect(new Set(funcs).size).toBe(1);
    expect((await app.routes()).map(({ paths }) => paths.toSorted())).toEqual([
      ["/people", "/users", "/users/index"],
    ]);
  });

  it("refuse two files for one route, and name both", async () => {
    const { root } = await createProject({
      "users.api.ts": echo("a"),
      "users/index.api.ts": echo("b"),
      "x.api.ts": echo("c"),
      "x.api.mjs": echo("d"),
    });
    const { app, lines } = createTestApp({ root });
    const refusal = expect.objectContaining({
      code: "DUPLICATE_ROUTE",
      message: expect.stringContaining("x.api.mjs"),
    });
    await expect(app.routes()).rejects.toEqual(refusal);
    await expect(app.routes()).rejects.toThrow(
      `/users is both ${root}/users.api.ts and ${root}/users/index.api.ts`,
    );
    await expect(app.listen({ port: 0 })).rejects.toEqual(refusal);
    const response = await app.fetch(new Request("http://localhost/users"));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("users");
    expect(lines.map(({ level }) => level)).toEqual(["error"]);
  });

  it("need a root that is there", async () => {
    const { app } = createTestApp({ root: "/nowhere/at/all" });
    await expect(app.routes()).rejects.toEqual(expect.objectContaining({ code: "INVALID_ROOT" }));
    expect((await app.fetch(new Request("http://localhost/x"))).status).toBe(500);
  });

  it("warn of a file that no URL reaches", async () => {
    const { root } = await createProject({ "a\\b.api.ts": echo("a"), "ok.api.ts": echo("ok") });
    const { app, lines } = createTestApp({ root });
    expect((await app.routes()).map(({ path }) => path)).toEqual(["/ok"]);
    expect(lines).toEqual([
      expect.objectContaining({ level: "warn", fields: { file: `${root}/a\\b.api.ts` } }),
    ]);
  });

  it("B-77: ask no disk where a request leads", async () => {
    const project = await createProject({ "ping.api.ts": echo("ping"), "late.api.ts": echo("late") });
    const { app } = createTestApp({ root: project.root });
    expect(await ask(app, "/ping")).toEqual(["ping", "/ping"]);
    await project.write("new.api.ts", echo("new"));
    expect(await ask(app, "/new")).toBe(404);
    await rm(project.root, { recursive: true });
    expect(await ask(app, "/ping")).toEqual(["ping", "/ping"]);
    expect(await ask(app, "/late")).toBe(500);
    await fc.assert(
      fc.asyncProperty(fc.webPath(), async (path) => {
        expect([404, "ping", 500]).toContain(
          await ask(app, `/${path}`).then((answer) => (Array.isArray(answer) ? answer[0] : answer)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("that are broken fail alone: the client learns nothing, the log everything, once in full", async () => {
    const project = await createProject({
      "throws.api.ts": `throw new Error("planted"); export default 1;`,
      "empty.api.ts": `export const handler = 1;`,
      "wrong.api.ts": `export default { handler() {} };`,
      "syntax.api.ts": `export default {{{`,
      "missing.api.ts": `import "./not-there.ts"; export default 1;`,
      "fine.api.ts": echo("fine"),
    });
    const { app, lines } = createTestApp({ root: project.root });
    for (const name of ["throws", "empty", "wrong", "syntax", "missing"]) {
      const request = () =>
        app.fetch(new Request(`http://localhost/${name}`, { headers: { "x-request-id": "r-1" } }));
      const [response] = [await request(), await request()];
      const text = await response.text();
      expect([name, response.status]).toEqual([name, 500]);
      expect(JSON.parse(text)).toEqual({
        type: "about:blank",
        title: "Internal Server Error",
        status: 500,
        id: "r-1",
      });
      const [first, second, ...more] = lines.filter(({ fields }) => fields["func"] === name);
      expect(more).toEqual([]);
      expect(first?.fields).toMatchObject({ file: `${project.root}/${name}.api.ts`, requestId: "r-1" });
      expect(first?.fields["err"]).toMatchObject({ code: "INVALID_API" });
      expect(second?.fields).not.toHaveProperty("err");
      await expect(app.load(`/${name}`)).rejects.toMatchObject({ code: "INVALID_API" });
      expect(await app.find(`/${name}`)).toMatchObject({ state: "failed", failure: { code: "INVALID_API" } });
    }
    expect(await ask(app, "/fine")).toEqual(["fine", "/fine"]);
    await expect(app.mount()).rejects.toMatchObject({ code: "MOUNT_FAILED", faults: { length: 5 } });
  });

  it("do not share a function between files: each has its own configuration", async () => {
    const { root } = await createProject({
      "public/users.api.ts": echo("users").replace(
        "export default",
        "export default globalThis.sharedUsers =",
      ),
      "admin/users.api.ts": `export default globalThis.sharedUsers;`,
    });
    const { app } = createTestApp({ root });
    expect(await ask(app, "/public/users")).toEqual(["users", "/public/users"]);
    expect(await ask(app, "/admin/users")).toBe(500);
    await expect(app.load("/admin/users")).rejects.toThrow(`${root}/public/users.api.ts`);
  });

  it("come and go with a reload", async () => {
    const project = await createProject({ "a.api.ts": echo("a"), "b.api.ts": echo("b") });
    const { app } = createTestApp({ root: project.root, development: true });
    expect([await ask(app, "/a"), await ask(app, "/b")]).toEqual([
      ["a", "/a"],
      ["b", "/b"],
    ]);
    const kept = await app.load("/a");
    await rename(`${project.root}/b.api.ts`, `${project.root}/c.api.ts`);
    await app.reload([`${project.root}/b.api.ts`, `${project.root}/c.api.ts`]);
    expect([await ask(app, "/b"), await ask(app, "/c")]).toEqual([404, ["b", "/c"]]);
    expect(await app.load("/a")).toBe(kept);
  });

  it("answer with a failure while a reload has failed, and are back with the next", async () => {
    const project = await createProject({ "a.api.ts": echo("a") });
    const { app, lines } = createTestApp({ root: project.root, development: true });
    expect(await ask(app, "/a")).toEqual(["a", "/a"]);
    await project.write("a/index.api.ts", echo("b"));
    await expect(app.reload([`${project.root}/a/index.api.ts`])).rejects.toMatchObject({
      code: "DUPLICATE_ROUTE",
    });
    expect(await ask(app, "/a")).toBe(500);
    expect(lines.at(-1)).toMatchObject({
      level: "error",
      message: expect.stringContaining("a/index.api.ts"),
    });
    await project.remove("a/index.api.ts");
    await app.reload([`${project.root}/a/index.api.ts`]);
    expect(await ask(app, "/a")).toEqual(["a", "/a"]);
  });
});

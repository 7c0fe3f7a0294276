import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { defineApi } from "@x/server";
import { createTestApp, createTestProject } from "@x/server/testing";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openDatabase, PgPlugin } from "./index.ts";
import { describeServer } from "./test-support/describe-databases.ts";

describe("an embedded database in a folder", () => {
  it("keeps what is in it, is one for the whole process, and is refused to others meanwhile", async () => {
    await using project = await createTestProject({});
    const folder = project.path("data/pg");
    const first = await openDatabase({ folder });
    const second = await openDatabase({ folder });
    expect(second.db).toBe(first.db);
    expect([first.kind, await first.isReady()]).toEqual(["folder", true]);
    await sql`create table kept (id int)`.execute(first.db);
    expect(Number(await readFile(`${folder}.lock`, "utf8"))).toBe(process.pid);
    await first.close();
    // Twice is once.
    await first.close();
    await sql`insert into kept values (1)`.execute(second.db);
    await second.close();

    // One that is opened while the last one is being closed.
    const last = await openDatabase({ folder });
    const closing = last.close();
    const next = await openDatabase({ folder });
    await closing;
    expect((await sql`select id from kept`.execute(next.db)).rows).toEqual([{ id: 1 }]);
    await next.close();

    await using other = runForever();
    await writeFile(`${folder}.lock`, String(other.pid));
    await expect(openDatabase({ folder })).rejects.toMatchObject({
      code: "DATABASE_IN_USE",
      message: expect.stringContaining(`process ${other.pid}`),
    });
    await other[Symbol.asyncDispose]();

    // The process that has left its lock behind is gone.
    await using again = await openDatabase({ folder });
    expect((await sql`select id from kept`.execute(again.db)).rows).toEqual([{ id: 1 }]);
  });

  it("says where it cannot be opened", async () => {
    await using project = await createTestProject({ file: "no folder" });
    await expect(openDatabase({ folder: project.path("file") })).rejects.toMatchObject({
      code: "DATABASE_UNREACHABLE",
      message: expect.stringContaining(project.path("file")),
    });
  });
});

describe("a server", () => {
  it("that cannot be reached is an error, and is tried again by the next", async () => {
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(openDatabase({ url: "postgres://app@127.0.0.1:1/app" })).rejects.toMatchObject({
        code: "DATABASE_UNREACHABLE",
        message: expect.stringContaining("ECONNREFUSED"),
      });
  });
});

describeServer((test) => {
  it("makes its app not ready while nobody can have a connection", async () => {
    const config = { ...test.config, pool: { max: 1, connectTimeoutMs: 50 } };
    await using database = await openDatabase(config);
    const plugins = [new PgPlugin({ config })];
    await using app = createTestApp({ routes: { ping: defineApi({ plugins, handler: () => "pong" }) } });
    await app.mount();
    const ready = async () => [
      await database.isReady(),
      (await app.fetch(new Request("http://x/readyz"))).status,
    ];
    expect(await ready()).toEqual([true, 200]);
    const whileHeld = await database.db.connection().execute(ready);
    expect(whileHeld).toEqual([false, 503]);
    expect(await ready()).toEqual([true, 200]);
  });
});

describe("a driver that is not installed", () => {
  it.each([
    ["pg", { url: "postgres://app@127.0.0.1:1/app" }],
    ["@electric-sql/pglite", { memory: true }],
  ])("is named with the command that installs it: %s", async (name, config) => {
    const script = `
      import { registerHooks } from "node:module";
      registerHooks({
        resolve(specifier, context, next) {
          if (specifier !== ${JSON.stringify(name)}) return next(specifier, context);
          throw Object.assign(new Error("not here"), { code: "ERR_MODULE_NOT_FOUND" });
        },
      });
      const { openDatabase } = await import(${JSON.stringify(new URL("./index.ts", import.meta.url).href)});
      await openDatabase(${JSON.stringify(config)}).catch(({ code, message }) => console.log(code, message));`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    await once(child, "close");
    expect(printed).toContain("DRIVER_NOT_FOUND");
    expect(printed).toContain(`npm install ${name}`);
  });
});

/** Another process, which only is there. */
function runForever() {
  const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 60_000)"], { stdio: "ignore" });
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}

import { inspect } from "node:util";
import { defineApi, Func, isServerError, type PluginConfigValues } from "@x/server";
import { createRecordingLogger, createTestApp, createTestProject, testApi } from "@x/server/testing";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { getClient, openDatabase, PgPlugin } from "./index.ts";
import { describeDatabases, describeServer } from "./test-support/describe-databases.ts";

const SECRET = "planted-password-5f2c";
/** Nobody listens there. */
const UNREACHABLE = `postgres://app:${SECRET}@127.0.0.1:1/app`;
const TYPE = new URL("./index.ts", import.meta.url).href;

/** What is wrong with a configuration that code gives, by key path. */
async function faultsOf(config: PluginConfigValues): Promise<string[]> {
  const error: unknown = await defineApi({ plugins: [new PgPlugin({ config })], handler: () => 1 })
    .mount()
    .catch((thrown: unknown) => thrown);
  if (!isServerError(error)) throw new Error("it was mounted");
  expect([error.code, error.plugins]).toEqual(["INVALID_CONFIG", ["pg"]]);
  return error.faults.map(({ keyPath = [], message }) => `${keyPath.slice(3).join(".")} ${message}`);
}

describe("a configuration with faults", () => {
  it.each<[string, PluginConfigValues, string]>([
    ["another kind of URL", { url: "mysql://localhost/a" }, "url must begin with postgres://"],
    ["half a URL", { url: `postgres://app:${SECRET}@[x` }, "url is no URL"],
    ["memory beside a URL", { url: UNREACHABLE, memory: true }, "memory cannot be true beside url"],
    ["migrating nothing", { memory: true, migrateOnMount: true }, "migrateOnMount needs migrations"],
    ["an unknown level", { isolation: "snapshot" }, "isolation must be one of"],
    ["no connections", { pool: { max: 0 } }, "pool.max must be a whole number from 1"],
    ["an unknown key", { statementTimeout: 1 }, "statementTimeout is unknown"],
  ])("is refused at mount: %s", async (_, config, expected) => {
    const faults = await faultsOf(config);
    expect(faults).toEqual([expect.stringContaining(expected)]);
    expect(faults.join()).not.toContain(SECRET);
  });

  it("is refused by openDatabase as well", async () => {
    await expect(openDatabase({ url: "mysql://localhost/a" })).rejects.toMatchObject({
      code: "INVALID_CONFIG",
    });
  });
});

describe("the URL of a server", () => {
  it("B-71: appears in no error, log or printed plugin, whatever goes wrong", async () => {
    const { logger, lines } = createRecordingLogger();
    await using project = await createTestProject({
      "faas.yaml": `defaults: { plugins: { pg: { type: "${TYPE}", config: { url: "\${DATABASE_URL}" } } } }\n`,
    });
    const plugin = new PgPlugin();
    const api = defineApi({ plugins: [plugin], handler: () => 1 });
    const env = { DATABASE_URL: UNREACHABLE };
    const error: unknown = await testApi(api, {
      root: project.root,
      file: project.path("a.api.ts"),
      env,
      logger,
    })().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "DATABASE_UNREACHABLE" });
    const printed = [error, plugin, lines, api.config].map((value) =>
      inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    );
    expect(printed.join()).not.toContain(SECRET);
    expect(JSON.stringify([plugin, lines])).not.toContain(SECRET);
  });
});

describeServer((test) => {
  it("B-71: appears nowhere while it is in use, also when a connection breaks", async () => {
    const url = new URL(test.config.url!);
    url.password = SECRET;
    const { logger, lines } = createRecordingLogger();
    const printed: string[] = [];
    const print = (value: unknown) =>
      printed.push(inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }));
    const plugin = new PgPlugin({ config: { url: url.href, pool: { max: 1 } } });
    const func = new Func({
      plugins: [plugin],
      async handler(data) {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(data.db);
        print([data, getClient()]);
        await sql`selekt`.execute(data.db).catch(print);
        return rows[0]!.pid;
      },
    });
    func.attach({ name: "orders", logger, mountTimeoutMs: 60_000, prepare: async (code) => code });
    const pid = await func.invoke();
    await sql`select pg_terminate_backend(${pid})`.execute(test.database.db);
    await expect.poll(() => lines.length, { timeout: 30_000 }).toBe(1);
    expect(lines).toEqual([
      {
        level: "warn",
        message: expect.stringContaining("broke"),
        fields: expect.objectContaining({ plugin: "pg" }),
      },
    ]);
    print([plugin, lines]);
    expect(printed).toHaveLength(3);
    expect(printed.join()).not.toContain(SECRET);
    await func.close();
  });
});

describeDatabases((test) => {
  it("moves from one database to another by one line of faas.yaml", async () => {
    const { url } = test.config;
    await using project = await createTestProject(
      {
        "faas.yaml": [
          "defaults:",
          "  plugins:",
          "    pg:",
          `      type: ${TYPE}`,
          "      config:",
          url === undefined ? "        memory: true" : "        url: ${DATABASE_URL}",
        ].join("\n"),
        "add/faas.yaml": "defaults: { plugins: { pg: { config: { transaction: true } } } }\n",
        "add/index.api.js": [
          'import { defineApi } from "@x/server";',
          'import { sql } from "kysely";',
          "export default defineApi({ async handler({ db }) {",
          "  await sql`create table if not exists added (id serial)`.execute(db);",
          "  await sql`insert into added default values`.execute(db);",
          "  return db.isTransaction;",
          "} });",
        ].join("\n"),
        "count.api.js": [
          'import { defineApi } from "@x/server";',
          'import { sql } from "kysely";',
          'export default defineApi({ method: "GET", async handler({ db }) {',
          "  return { inTransaction: db.isTransaction, ...(await sql`select count(*) from added`.execute(db)).rows[0] };",
          "} });",
        ].join("\n"),
      },
      { parent: import.meta.dirname },
    );
    await using app = createTestApp({ root: project.root, env: { DATABASE_URL: url } });
    const add = await app.fetch(new Request("http://localhost/add", { method: "POST" }));
    expect(await add.json()).toBe(true);
    const count = await app.fetch(new Request("http://localhost/count"));
    expect(await count.json()).toEqual({ inTransaction: false, count: "1" });
    const { rows } = await sql`select count(*) from added`.execute(test.database.db);
    expect(rows).toEqual([{ count: "1" }]);
  });
});

describe("an editor", () => {
  it("is given a JSON Schema of it", () => {
    expect(PgPlugin.configSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" })).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { url: { pattern: "^postgres(ql)?://" }, pool: { type: "object" } },
    });
    expect(PgPlugin.publicConfig).toContain("folder");
    expect(PgPlugin.publicConfig).not.toContain("url");
  });
});

import { appendFile, rm } from "node:fs/promises";
import { Func, type Logger } from "@x/server";
import { createRecordingLogger, createTestProject, silentLogger, type TestProject } from "@x/server/testing";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase, PgPlugin } from "./index.ts";
import { describeDatabases, describeServer, type TestDatabase } from "./test-support/describe-databases.ts";

const FILES = {
  "0001_orders.sql": "create table orders (id serial primary key);\ninsert into orders default values;\n",
  "0002_products.ts": [
    'import { type Kysely, sql } from "kysely";',
    "export async function up(db: Kysely<unknown>) {",
    '  await db.schema.createTable("products").addColumn("id", "serial").execute();',
    "  await sql`insert into products default values`.execute(db);",
    "}",
  ].join("\n"),
  "0010_more.sql": "alter table orders add column product int;",
  "README.md": "No migration.",
};

/** The migrations of each test, and a database without any. */
function useMigrations(test: TestDatabase) {
  const used = {} as { project: TestProject; database: Database };
  beforeEach(async () => {
    await sql`drop schema public cascade; create schema public`.execute(test.database.db);
    // What the modules among them import is there from here.
    used.project = await createTestProject(FILES, { parent: import.meta.dirname });
    used.database = await openDatabase({ ...test.config, migrations: used.project.root });
  });
  afterEach(async () => {
    await used.database.close();
    await used.project[Symbol.asyncDispose]();
  });
  return used;
}

describeDatabases((test) => {
  const used = useMigrations(test);
  const states = async () =>
    (await used.database.migrationStatus()).map(({ name, state }) => `${name} ${state}`);

  describe("migrations", () => {
    it("run once, in the order of their numbers, whatever is their language", async () => {
      expect(await states()).toEqual([
        "0001_orders.sql pending",
        "0002_products.ts pending",
        "0010_more.sql pending",
      ]);
      expect(await used.database.migrate()).toEqual(["0001_orders.sql", "0002_products.ts", "0010_more.sql"]);
      expect(await used.database.migrate()).toEqual([]);
      const { rows } =
        await sql`select (select count(*) from products) as products, id, product from orders`.execute(
          used.database.db,
        );
      expect(rows).toEqual([{ products: "1", id: 1, product: null }]);
      expect(await used.database.migrationStatus()).toEqual(
        ["0001_orders.sql", "0002_products.ts", "0010_more.sql"].map((name) => ({
          name,
          state: "done",
          ranAt: expect.any(Date),
        })),
      );
    });

    it("are undone one by one where they fail, and told with their place", async () => {
      await used.project.write({
        "0011_bad.sql": "create table half (id int);\n\nalter table gone add x int;\n",
      });
      const error: unknown = await used.database.migrate().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: "MIGRATION_FAILED",
        message: expect.stringContaining('relation "gone" does not exist'),
        faults: [{ file: used.project.path("0011_bad.sql") }],
        cause: { code: "42P01" },
      });
      expect(await states()).toContain("0010_more.sql done");
      expect(await states()).toContain("0011_bad.sql pending");
      const { rows } = await sql`select to_regclass('half') as half`.execute(used.database.db);
      expect(rows).toEqual([{ half: null }]);
    });

    it("are told the line and column of what Postgres does not understand", async () => {
      await used.project.write({ "0011_bad.sql": "select 'ä🙂';\n  creat table x ();\n" });
      await expect(used.database.migrate()).rejects.toMatchObject({
        message: expect.stringContaining("0011_bad.sql:2:3"),
        faults: [{ line: 2, column: 3 }],
      });
    });

    it("may say that they take no transaction", async () => {
      await used.project.write({
        "0011_index.sql": "-- no transaction\ncreate index concurrently by_product on orders (product);\n",
        "0012_index.js":
          'import { sql } from "kysely";\nexport const transaction = false;\nexport const up = (db) => sql`drop index concurrently by_product`.execute(db);\n',
      });
      expect(await used.database.migrate()).toContain("0012_index.js");
    });

    it.each([
      ["a module without up", { "0011_a.ts": "export const down = 1;" }, "exports no function up"],
      ["a module that cannot be loaded", { "0011_a.ts": "import './gone.ts';" }, "cannot be loaded"],
      ["two of one number", { "0010_again.sql": "" }, "0010_again.sql and 0010_more.sql"],
      ["one of another kind", { "0011_a.txt": "" }, "neither .sql nor"],
    ])("are refused before anything runs: %s", async (_, files, message) => {
      await used.project.write(files);
      await expect(used.database.migrate()).rejects.toMatchObject({
        code: "INVALID_MIGRATION",
        message: expect.stringContaining(message),
      });
      const { rows } = await sql`select to_regclass('orders') as orders`.execute(used.database.db);
      expect(rows).toEqual([{ orders: null }]);
    });

    it("are refused where the folder is not there, or not named", async () => {
      await using gone = await openDatabase({ ...test.config, migrations: used.project.path("gone") });
      await expect(gone.migrate()).rejects.toMatchObject({ code: "INVALID_MIGRATION" });
      await expect(test.database.migrate()).rejects.toMatchObject({ code: "INVALID_MIGRATION" });
    });

    it("tell of every file that does not fit what has run, and run nothing", async () => {
      await used.database.migrate();
      await appendFile(used.project.path("0001_orders.sql"), "-- changed\n");
      await rm(used.project.path("0002_products.ts"));
      await used.project.write({
        "0003_late.sql": "select 1;",
        "0011_next.sql": "create table never (id int);",
      });
      expect(await states()).toEqual([
        "0001_orders.sql changed",
        "0002_products.ts missing",
        "0003_late.sql late",
        "0010_more.sql done",
        "0011_next.sql pending",
      ]);
      const error: unknown = await used.database.migrate().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: "MIGRATION_DRIFT",
        faults: [
          { file: used.project.path("0001_orders.sql") },
          { file: used.project.path("0002_products.ts") },
          { file: used.project.path("0003_late.sql") },
        ],
      });
      const { rows } = await sql`select to_regclass('never') as never`.execute(used.database.db);
      expect(rows).toEqual([{ never: null }]);
    });

    it("do not mind ends of lines, which git may change", async () => {
      await used.database.migrate();
      await used.project.write({ "0001_orders.sql": FILES["0001_orders.sql"].replaceAll("\n", "\r\n") });
      expect(await states()).toContain("0001_orders.sql done");
    });
  });

  describe("a function that is mounted", () => {
    const create = (migrateOnMount?: boolean, logger: Logger = silentLogger) => {
      const { config } = test;
      const func = new Func({
        plugins: [new PgPlugin({ config: { ...config, migrations: used.project.root, migrateOnMount } })],
        handler: ({ db }) => sql`select from orders`.execute(db).then(({ rows }) => rows.length),
      });
      func.attach({ name: "orders", logger, mountTimeoutMs: 60_000, prepare: async (code) => code });
      return func;
    };

    it("migrates an embedded database by itself, and a server when it is told to", async () => {
      await using func = create(test.database.kind === "server" ? true : undefined);
      expect(await func.invoke()).toBe(1);
    });

    it("tells what a server lacks, once for all functions", async () => {
      const { logger, lines } = createRecordingLogger();
      const funcs = [create(false, logger), create(false, logger)];
      await Promise.all(funcs.map((func) => func.mount()));
      expect(lines).toMatchObject([
        { level: "warn", fields: { migrations: [{ name: "0001_orders.sql", state: "pending" }, {}, {}] } },
      ]);
      await Promise.all(funcs.map((func) => func.close()));
    });

    it("does not mount where a migration fails, and mounts once it is mended", async () => {
      await used.project.write({ "0011_bad.sql": "select gone();" });
      await using func = create(true);
      await expect(func.mount()).rejects.toMatchObject({ code: "MIGRATION_FAILED" });
      await used.project.write({ "0011_bad.sql": "select 1;" });
      await func.mount();
    });
  });
});

describeServer((test) => {
  const used = useMigrations(test);

  it("run once where several start at the same time", async () => {
    const open = () =>
      openDatabase({ ...test.config, migrations: used.project.root, pool: { max: (pools += 1) } });
    let pools = 1;
    const databases = await Promise.all([open(), open(), open(), open()]);
    const ran = await Promise.all(databases.map((database) => database.migrate()));
    expect(ran.flat()).toEqual(["0001_orders.sql", "0002_products.ts", "0010_more.sql"]);
    for (const database of databases) await database.close();
  });
});

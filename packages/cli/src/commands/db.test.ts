import { expect, test } from "vitest";
import { createProject } from "../test-support/create-project.ts";
import { runCli } from "../test-support/run-cli.ts";

const PACKAGES = ["@x/server", "@x/server-pg"];
const HELLO =
  'import { defineApi } from "@x/server";\n\nexport default defineApi({ handler: () => "hello" });\n';
const FILES = {
  "src/faas.yaml":
    "defaults:\n  plugins:\n    pg:\n      type: pg\n      config: { folder: .data/pg, migrations: migrations }\n",
  // Functions share the database, also where they are configured otherwise.
  "src/admin/faas.yaml": "defaults: { plugins: { pg: { config: { transaction: true } } } }\n",
  "src/hello.api.ts": HELLO,
  "src/admin/hello.api.ts": HELLO,
  "migrations/0001_orders.sql": "create table orders (id int);\n",
  "migrations/0002_more.sql": "alter table orders add product int;\n",
};

test("migrations are told, run once, and told again", async () => {
  const { folder, write } = createProject(FILES, { packages: PACKAGES });
  const before = await runCli(folder, ["db", "status"]);
  expect([before.code, before.stderr, before.stdout]).toEqual([
    0,
    "",
    "pg  migrations\n  pending  0001_orders.sql\n  pending  0002_more.sql\n",
  ]);
  const first = await runCli(folder, ["db", "migrate"]);
  expect([first.code, first.stderr, first.stdout]).toEqual([
    0,
    "",
    "pg  migrations\n  ran  0001_orders.sql\n  ran  0002_more.sql\n",
  ]);
  write("migrations/0001_orders.sql", "create table orders (id bigint);\n");
  const after = await runCli(folder, ["db", "status", "--json"]);
  expect([after.code, JSON.parse(after.stdout)]).toMatchObject([
    1,
    {
      ok: false,
      stage: "development",
      databases: [
        {
          plugin: "pg",
          migrations: [
            { name: "0001_orders.sql", state: "changed" },
            { name: "0002_more.sql", state: "done", ranAt: expect.stringMatching(/^\d{4}-/) },
          ],
        },
      ],
    },
  ]);
  const drifted = await runCli(folder, ["db", "migrate"]);
  expect(drifted.code).toBe(1);
  expect(drifted.stderr).toContain("MIGRATION_DRIFT");
  expect(drifted.stderr).toContain("migrations/0001_orders.sql");
});

test("a migration that fails is told with its place", async () => {
  const { folder } = createProject(
    { ...FILES, "migrations/0003_bad.sql": "select 1;\nselekt 2;\n" },
    { packages: PACKAGES },
  );
  const { code, stderr } = await runCli(folder, ["db", "migrate"]);
  expect(code).toBe(1);
  expect(stderr).toContain("migrations/0003_bad.sql:2:1");
});

test("a project without migrations is told how to have some", async () => {
  const { folder } = createProject({ "src/hello.api.ts": HELLO }, { packages: ["@x/server"] });
  const { code, stdout } = await runCli(folder, ["db", "status", "--json"]);
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, "NO_MIGRATIONS"]);
});

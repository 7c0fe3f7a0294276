import { Func, type InvokeData } from "@x/server";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { getClient, PgPlugin } from "./index.ts";
import { call } from "./test-support/call.ts";
import { describeDatabases } from "./test-support/describe-databases.ts";

/** What a handler calls without handing it anything. */
async function addName(name: string): Promise<void> {
  await sql`insert into names (name) values (${name})`.execute(getClient());
}

describeDatabases((test) => {
  const func = <Result>(handler: (data: InvokeData) => Result, name?: string) =>
    new Func({ plugins: [new PgPlugin({ config: test.config, ...(name && { name }) })], handler });

  beforeAll(async () => {
    await sql`create table names (id serial primary key, name text not null)`.execute(test.database.db);
  });

  describe("a function with the plugin", () => {
    it("has the database as data.db, and what it calls has it by getClient()", async () => {
      await using add = func(async ({ db }) => {
        await addName("ann");
        expect(getClient()).toBe(db);
        return (await sql<{ name: string }>`select name from names`.execute(db)).rows;
      });
      expect(await call(add)).toEqual([{ name: "ann" }]);
    });

    it("keeps requests at the same time apart, also after they have waited for something", async () => {
      await using wait = func(async ({ db, event }) => {
        await new Promise((resolve) => setImmediate(resolve));
        expect(getClient()).toBe(db);
        const { rows } = await sql<{ path: string }>`select ${event.path}::text as path`.execute(getClient());
        return rows[0]!.path;
      });
      const paths = Array.from({ length: 10 }, (_, index) => `/${index}`);
      expect(await Promise.all(paths.map((path) => call(wait, { event: { path } })))).toEqual(paths);
    });

    it("shares its database with other functions, until the last of them is closed", async () => {
      const [first, second] = [func(({ db }) => db), func(({ db }) => db)];
      const db = await call(first);
      expect(await call(second)).toBe(db);
      expect(test.database.db).toBe(db);
      await first.close();
      await expect(sql`select 1`.execute(await call(second))).resolves.toBeDefined();
      await second.close();
    });

    it("finds the one it means where a function has two", async () => {
      const config = test.config;
      const seen: unknown[] = [];
      await using both = new Func({
        plugins: [
          new PgPlugin({ name: "reports", config }),
          new PgPlugin({ config: { ...config, transaction: true } }),
        ],
        handler({ db }) {
          seen.push(getClient() === db, getClient("pg") === db, getClient("reports") === test.database.db);
        },
      });
      await call(both);
      expect(seen).toEqual([true, true, true]);
    });

    it("lets nobody close the database for all", async () => {
      await using close = func(({ db }) => db.destroy());
      await expect(call(close)).rejects.toMatchObject({ code: "CLIENT_MISUSED" });
    });
  });

  describe("getClient()", () => {
    it("says what is missing where no function with the plugin has called", async () => {
      expect(() => getClient()).toThrow(expect.objectContaining({ code: "NO_DATABASE" }));
      await using bare = new Func({ handler: () => getClient() });
      await expect(call(bare)).rejects.toMatchObject({ code: "NO_DATABASE" });
      await using named = func(() => getClient("reports"));
      await expect(call(named)).rejects.toMatchObject({ code: "NO_DATABASE" });
    });

    it("gives the transaction inside of one, and the database around it again", async () => {
      const seen: unknown[] = [];
      await using add = func(async ({ db }) => {
        const undone = db.transaction().execute(async () => {
          await addName("undone");
          seen.push(getClient().isTransaction);
          throw new Error("no");
        });
        await undone.catch((error: Error) => seen.push(error.message));
        seen.push(getClient() === db);
        return (await sql`select 1 from names where name = 'undone'`.execute(db)).rows;
      });
      expect(await call(add)).toEqual([]);
      expect(seen).toEqual([true, "no", true]);
    });

    it("does not wait for ever where a query goes past a transaction that has the only connection", async () => {
      await using past = func(({ db }) =>
        db.transaction().execute(async () => (await sql`select 1 as one`.execute(db)).rows),
      );
      const outcome = await call(past).catch(({ code }: { code: string }) => code);
      expect(outcome).toEqual(test.database.kind === "server" ? [{ one: 1 }] : "CLIENT_MISUSED");
    });
  });
});

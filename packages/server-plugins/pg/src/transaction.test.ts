import { defineApi, Func, HttpError, type InvokeData } from "@x/server";
import { createRecordingLogger, createTestApp, testApi } from "@x/server/testing";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getClient, type PgConfig, PgPlugin } from "./index.ts";
import { call } from "./test-support/call.ts";
import { describeDatabases, describeServer } from "./test-support/describe-databases.ts";

const add = (name: string) => sql`insert into names (name) values (${name})`.execute(getClient());

describeDatabases((test) => {
  const plugin = (config: PgConfig = {}) =>
    new PgPlugin({ config: { ...test.config, transaction: true, ...config } });
  const func = <Result>(handler: (data: InvokeData) => Result, config: PgConfig = {}) =>
    new Func({ plugins: [plugin(config)], handler });
  const names = async () => {
    const { rows } = await sql<{ name: string }>`select name from names order by id`.execute(
      test.database.db,
    );
    return rows.map(({ name }) => name);
  };

  beforeAll(async () => {
    const { db } = test.database;
    await sql`create table names (id serial primary key, name text not null unique)`.execute(db);
    await sql`create table parents (id int primary key)`.execute(db);
    await sql`create table children (parent int references parents deferrable initially deferred)`.execute(
      db,
    );
  });
  beforeEach(async () => {
    await sql`truncate names, parents, children`.execute(test.database.db);
  });

  describe("a request with transaction: true", () => {
    it("commits when its handler has returned", async () => {
      await using ok = func(async () => {
        await add("ann");
        await add("bob");
      });
      await call(ok);
      expect(await names()).toEqual(["ann", "bob"]);
    });

    it("has committed before the response goes out", async () => {
      const app = createTestApp({
        routes: {
          add: defineApi({ plugins: [plugin()], handler: () => add("ann").then(() => "added") }),
        },
      });
      const response = await app.fetch(new Request("http://localhost/add", { method: "POST" }));
      expect(await names()).toEqual(["ann"]);
      expect(await response.json()).toBe("added");
      await app.close();
    });

    it.each([
      ["an error", new Error("no")],
      ["an HttpError", new HttpError({ statusCode: 409, message: "taken" })],
      ["a text", "no"],
    ])("B-57: undoes everything when %s is thrown, and lets it pass as it is", async (_, thrown) => {
      await using fails = func(async () => {
        await add("ann");
        throw thrown;
      });
      await expect(call(fails)).rejects.toBe(thrown);
      expect(await names()).toEqual([]);
    });

    it("undoes everything when a plugin inside of it throws", async () => {
      const inner = {
        type: "inner",
        name: "inner",
        async onInvoke(_: InvokeData, next: () => Promise<void>) {
          await next();
          throw new Error("afterwards");
        },
      };
      await using fails = new Func({ plugins: [plugin(), inner], handler: () => add("ann") });
      await expect(call(fails)).rejects.toThrow("afterwards");
      expect(await names()).toEqual([]);
    });

    it("undoes everything when the client leaves before the commit has begun", async () => {
      const client = new AbortController();
      const { logger, lines } = createRecordingLogger();
      await using leaves = func(async () => {
        await add("ann");
        client.abort(new DOMException("the client left", "AbortError"));
      });
      await expect(call(leaves, { signal: client.signal, logger })).rejects.toMatchObject({
        code: "CLIENT_GONE",
      });
      expect(await names()).toEqual([]);
      expect(lines.filter(({ level }) => level === "error")).toEqual([]);
    });

    it("is no success when the commit fails", async () => {
      const api = defineApi({
        plugins: [plugin()],
        handler: async ({ db }) => {
          await add("ann");
          await sql`insert into children (parent) values (1)`.execute(db);
          return "all is well";
        },
      });
      const { logger, lines } = createRecordingLogger();
      const response = await testApi(api, { logger })();
      expect(response.statusCode).toBe(500);
      expect(await names()).toEqual([]);
      expect(lines).toMatchObject([
        { level: "error", fields: { err: { code: "COMMIT_FAILED", cause: { code: "23503" } } } },
      ]);
      await api.close();
    });

    it("is no success when a statement had failed and its error was caught", async () => {
      await using caught = func(async () => {
        await add("ann");
        await add("ann").catch(() => {});
        return "all is well";
      });
      await expect(call(caught)).rejects.toMatchObject({ code: "COMMIT_FAILED" });
      expect(await names()).toEqual([]);
    });

    it("takes in queries that its handler has not awaited", async () => {
      await using forgets = func(async () => {
        void add("ann");
        void add("bob");
      });
      await call(forgets);
      expect(await names()).toEqual(["ann", "bob"]);
    });

    it("refuses queries that come after its end", async () => {
      let late: Promise<unknown> | undefined;
      await using forgets = func(({ db }) => {
        late = new Promise((resolve) => setImmediate(resolve))
          .then(() => sql`insert into names (name) values ('late')`.execute(db))
          .catch((error: unknown) => error);
        const byName = new Promise((resolve) => setImmediate(resolve))
          .then(() => getClient())
          .catch((error: unknown) => error);
        late = Promise.all([late, byName]);
      });
      await call(forgets);
      expect(await late).toMatchObject([{ code: "TRANSACTION_ENDED" }, { code: "TRANSACTION_ENDED" }]);
      expect(await names()).toEqual([]);
    });

    it("serves the next request after each of these", async () => {
      await using fails = func(async ({ event }) => {
        await add("ann");
        if (event.path === "/no") throw new Error("no");
      });
      for (let round = 0; round < 15; round += 1)
        await expect(call(fails, { event: { path: "/no" } })).rejects.toThrow("no");
      await call(fails);
      expect(await names()).toEqual(["ann"]);
    });

    it("keeps two at the same time apart", async () => {
      await using each = func(async ({ event }) => {
        await add(event.path);
        const { rows } = await sql<{ count: string }>`select count(*) from names`.execute(getClient());
        if (event.path === "/b") throw new Error("no");
        return rows[0]!.count;
      });
      const [a, b] = await Promise.allSettled([
        call(each, { event: { path: "/a" } }),
        call(each, { event: { path: "/b" } }),
      ]);
      expect([a.status, b.status]).toEqual(["fulfilled", "rejected"]);
      expect(await names()).toEqual(["/a"]);
    });
  });

  it("has the isolation that is configured", async () => {
    await using isolated = func(
      async ({ db }) =>
        (await sql<{ transaction_isolation: string }>`show transaction_isolation`.execute(db)).rows[0]!
          .transaction_isolation,
      { isolation: "repeatable read" },
    );
    expect(await call(isolated)).toBe("repeatable read");
  });
});

describeServer((test) => {
  it("asks whoever met another request's changes to come again", async () => {
    const { db } = test.database;
    await sql`create table counters (value int); insert into counters values (0)`.execute(db);
    let arrived = 0;
    let letGo = () => {};
    const together = new Promise<void>((resolve) => (letGo = resolve));
    const api = defineApi({
      plugins: [new PgPlugin({ config: { ...test.config, transaction: true, isolation: "serializable" } })],
      handler: async ({ db: tx }) => {
        await sql`select value from counters`.execute(tx);
        arrived += 1;
        if (arrived === 2) letGo();
        await together;
        await sql`update counters set value = value + 1`.execute(tx);
      },
    });
    const send = testApi(api);
    const responses = await Promise.all([send(), send()]);
    const refused = responses.find(({ statusCode }) => statusCode === 503);
    expect(responses.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 503]);
    expect(refused?.error).toMatchObject({ code: "TRANSACTION_CONFLICT" });
    expect(refused?.headers["retry-after"]).toBe("1");
    await api.close();
  });

  it("takes no connection for a request that asks nothing of the database", async () => {
    const connections = async () => {
      const { rows } = await sql<{ count: string }>`
        select count(*) from pg_stat_activity where datname = current_database()`.execute(test.database.db);
      return rows[0]!.count;
    };
    const idle = new Func({
      plugins: [new PgPlugin({ config: { ...test.config, pool: { max: 3 }, transaction: true } })],
      handler: () => "nothing",
    });
    await idle.mount();
    const before = await connections();
    await Promise.all(Array.from({ length: 9 }, () => call(idle)));
    expect(await connections()).toBe(before);
    await idle.close();
  });
});

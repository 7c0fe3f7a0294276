import { getEventListeners } from "node:events";
import { Func, type InvokeData } from "@x/server";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { getClient, openDatabase, type PgConfig, PgPlugin } from "./index.ts";
import { call } from "./test-support/call.ts";
import { describeDatabases, describeServer } from "./test-support/describe-databases.ts";

const LEFT = new DOMException("the client left", "AbortError");

describeServer((test) => {
  const func = <Result>(handler: (data: InvokeData) => Result, config: PgConfig = {}) =>
    new Func({ plugins: [new PgPlugin({ config: { ...test.config, ...config } })], handler });
  const sleep = () => sql`select pg_sleep(600)`.execute(getClient());
  /** Resolves once so many of the database's connections are asleep. */
  const untilAsleep = async (count: number) => {
    for (;;) {
      const { rows } = await sql`
        select from pg_stat_activity
        where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`.execute(
        test.database.db,
      );
      if (rows.length === count) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  describe.each([
    ["outside of a transaction", false],
    ["in a transaction", true],
  ])("a statement that runs %s", (_, transaction) => {
    // With one connection, the next request can only have the same one.
    const config: PgConfig = { transaction, pool: { max: 1 } };

    it("B-75: is cancelled on the server when the client leaves, and its connection serves the next request", async () => {
      const client = new AbortController();
      const pids: unknown[] = [];
      await using slow = func(async ({ db, event }) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
        pids.push(rows[0]!.pid);
        if (event.path === "/slow") await sleep();
        return "done";
      }, config);
      const answer = call(slow, { event: { path: "/slow" }, signal: client.signal }).catch(
        (error: unknown) => error,
      );
      await untilAsleep(1);
      client.abort(LEFT);
      expect(await answer).toMatchObject({ code: "CLIENT_GONE", statusCode: 400 });
      await untilAsleep(0);
      expect(await call(slow)).toBe("done");
      expect(new Set(pids).size).toBe(1);
    });

    it("ends with its own time limit", async () => {
      await using slow = func(sleep, { ...config, statementTimeoutMs: 50 });
      await expect(call(slow)).rejects.toMatchObject({ code: "STATEMENT_TIMEOUT", cause: { code: "57014" } });
      await untilAsleep(0);
    });

    it("ends with the time limit of its request", async () => {
      await using slow = func(sleep, config);
      await slow.mount();
      const context = { deadline: Date.now() + 200 };
      await expect(call(slow, { context })).rejects.toMatchObject({ code: "STATEMENT_TIMEOUT" });
      await untilAsleep(0);
    });
  });

  it("tells the server of the time that is left, should this process end before the statement", async () => {
    await using limited = func(
      async ({ db }) =>
        (await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db)).rows[0],
      { transaction: true, statementTimeoutMs: 30_000 },
    );
    expect(await call(limited)).toEqual({ statement_timeout: "30s" });
    expect(await call(limited, { context: { deadline: Date.now() + 10_000 } })).toEqual({
      statement_timeout: expect.stringMatching(/^(9\d{3}ms|10s)$/),
    });
    const { rows } = await sql`show statement_timeout`.execute(test.database.db);
    expect(rows).toEqual([{ statement_timeout: "0" }]);
  });

  it("ends the wait for a connection when the client leaves", async () => {
    const config = { pool: { max: 1 } };
    await using other = await openDatabase({ ...test.config, ...config });
    const client = new AbortController();
    await using waits = func(({ db }) => sql`select 1`.execute(db), config);
    await waits.mount();
    await other.db.connection().execute(async () => {
      const answer = call(waits, { signal: client.signal }).catch((error: unknown) => error);
      await new Promise((resolve) => setImmediate(resolve));
      client.abort(LEFT);
      expect(await answer).toMatchObject({ code: "CLIENT_GONE" });
    });
    await expect(call(waits)).resolves.toBeDefined();
  });

  it("lets the limits of a caller hold in what it calls", async () => {
    const client = new AbortController();
    await using inner = func(sleep);
    await using outer = func(() => call(inner));
    const answer = call(outer, { signal: client.signal }).catch((error: unknown) => error);
    await untilAsleep(1);
    client.abort(LEFT);
    expect(await answer).toMatchObject({ code: "CLIENT_GONE" });
    await untilAsleep(0);
  });

  it("leaves no listener behind on a signal that outlives the request", async () => {
    const { signal } = new AbortController();
    await using asks = func(async ({ db }) => (await sql`select 1 as one`.execute(db)).rows, {
      pool: { max: 1 },
    });
    for (let request = 0; request < 3; request += 1) await call(asks, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("survives that the server ends its connections", async () => {
    await using calm = func(async ({ db }) => (await sql`select 1 as one`.execute(db)).rows);
    await call(calm);
    await using admin = await openDatabase({ ...test.config, pool: { max: 1 } });
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.db);
    // Each connection that has ended fails once, whenever that comes to light.
    await expect.poll(() => call(calm).catch(() => "lost")).toEqual([{ one: 1 }]);
  });

  it("survives that the server ends a connection between two statements of a transaction", async () => {
    await using admin = await openDatabase({ ...test.config, pool: { max: 1 } });
    await using cut = func(
      async ({ db }) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
        const { pid } = rows[0]!;
        await sql`select pg_terminate_backend(${pid}::int)`.execute(admin.db);
        const isThere = async () => {
          const found = await sql`select 1 from pg_stat_activity where pid = ${pid}::int`.execute(admin.db);
          return found.rows.length > 0;
        };
        await expect.poll(isThere).toBe(false);
        // By then this end has been told as well.
        await isThere();
        await sql`select 1`.execute(db);
      },
      { transaction: true },
    );
    await expect(call(cut)).rejects.toThrow(/terminat|Connection|not queryable/i);
  });
});

describeDatabases((test) => {
  const func = <Result>(handler: (data: InvokeData) => Result, config: PgConfig = {}) =>
    new Func({ plugins: [new PgPlugin({ config: { ...test.config, ...config } })], handler });

  it("begins no statement for a client that has left", async () => {
    const client = new AbortController();
    await using leaves = func(async ({ db }) => {
      client.abort(LEFT);
      await sql`create table never (id int)`.execute(db);
    });
    await expect(call(leaves, { signal: client.signal })).rejects.toMatchObject({ code: "CLIENT_GONE" });
    const { rows } = await sql`select to_regclass('never') as never`.execute(test.database.db);
    expect(rows).toEqual([{ never: null }]);
  });

  it("gives whoever aborts by another reason that reason", async () => {
    const job = new AbortController();
    const reason = new Error("the lease is lost");
    await using leaves = func(async ({ db }) => {
      job.abort(reason);
      await sql`select 1`.execute(db);
    });
    await expect(call(leaves, { signal: job.signal })).rejects.toBe(reason);
  });

  it("lets who waits for another request's transaction leave", async () => {
    const client = new AbortController();
    let begun = () => {};
    let end = () => {};
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const ends = new Promise<void>((resolve) => (end = resolve));
    await using holds = func(
      async ({ db }) => {
        await sql`select 1`.execute(db);
        begun();
        await ends;
        return "held";
      },
      { transaction: true, pool: { max: 1 } },
    );
    await using waits = func(({ db }) => sql`select 1`.execute(db), { pool: { max: 1 } });
    await waits.mount();
    const holding = call(holds);
    await hasBegun;
    const waiting = call(waits, { signal: client.signal }).catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    client.abort(LEFT);
    expect(await waiting).toMatchObject({ code: "CLIENT_GONE" });
    end();
    expect(await holding).toBe("held");
    await expect(call(waits)).resolves.toBeDefined();
  });
});

import { Func, type InvokeData } from "@x/server";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getClient, type PgConfig, PgPlugin } from "./index.ts";
import { call } from "./test-support/call.ts";
import { describeDatabases } from "./test-support/describe-databases.ts";

const add = (name: string) => sql`insert into names (name) values (${name})`.execute(getClient());

describeDatabases((test) => {
  const func = <Result>(handler: (data: InvokeData) => Result, config: PgConfig = {}) =>
    new Func({
      plugins: [new PgPlugin({ config: { ...test.config, transaction: true, ...config } })],
      handler,
    });
  const names = async () => {
    const { rows } = await sql<{ name: string }>`select name from names order by id`.execute(
      test.database.db,
    );
    return rows.map(({ name }) => name);
  };

  beforeAll(async () => {
    await sql`create table names (id serial primary key, name text not null unique)`.execute(
      test.database.db,
    );
  });
  beforeEach(async () => {
    await sql`truncate names`.execute(test.database.db);
  });

  describe("a function that another one calls", () => {
    it("joins its transaction", async () => {
      await using inner = func(() => add("inner"), { transaction: false });
      await using outer = func(async () => {
        await add("outer");
        await call(inner);
        throw new Error("no");
      });
      await expect(call(outer)).rejects.toThrow("no");
      expect(await names()).toEqual([]);
    });

    it("undoes the whole transaction when it fails, even where its error is caught", async () => {
      await using inner = func(async () => {
        await add("inner");
        throw new Error("no");
      });
      await using outer = func(async () => {
        await add("outer");
        await call(inner).catch(() => {});
      });
      await expect(call(outer)).rejects.toMatchObject({
        code: "COMMIT_FAILED",
        cause: expect.objectContaining({ message: "no" }),
      });
      expect(await names()).toEqual([]);
    });

    it("joins a transaction that its caller has opened by hand", async () => {
      await using inner = func(() => add("inner"));
      await using outer = func(
        ({ db }) =>
          db.transaction().execute(async () => {
            await call(inner);
            throw new Error("no");
          }),
        { transaction: false },
      );
      await expect(call(outer)).rejects.toThrow("no");
      expect(await names()).toEqual([]);
    });

    it("has one of its own where its caller has none", async () => {
      await using inner = func(async () => {
        await add("inner");
        throw new Error("no");
      });
      await using outer = func(
        async () => {
          await add("outer");
          await call(inner).catch(() => {});
        },
        { transaction: false },
      );
      await call(outer);
      expect(await names()).toEqual(["outer"]);
    });
  });

  describe("a transaction inside the request's", () => {
    it("is a part of it that is undone by itself", async () => {
      await using parts = func(async ({ db }) => {
        await add("kept");
        await db
          .transaction()
          .execute(async () => {
            await add("undone");
            throw new Error("no");
          })
          .catch(() => {});
        await db.transaction().execute(() => add("kept, too"));
      });
      await call(parts);
      expect(await names()).toEqual(["kept", "kept, too"]);
    });

    it("fails where the error of a statement in it was caught, and what is around it can go on", async () => {
      await using parts = func(async ({ db }) => {
        await add("kept");
        const part = db.transaction().execute(async () => {
          await add("undone");
          await add("undone").catch(() => {});
        });
        await part.catch(({ code }: { code: string }) => add(code));
        await db.transaction().execute(() => add("kept, too"));
      });
      await call(parts);
      expect(await names()).toEqual(["kept", "25P02", "kept, too"]);
    });

    it("does not wait for ever where a query goes past it", async () => {
      await using past = func(({ db }) => db.transaction().execute(() => sql`select 1`.execute(db)));
      await expect(call(past)).rejects.toMatchObject({ code: "CLIENT_MISUSED" });
    });

    it("has no settings of its own, and no connection", async () => {
      await using settings = func(({ db }) =>
        db
          .transaction()
          .setIsolationLevel("serializable")
          .execute(async () => {}),
      );
      await expect(call(settings)).rejects.toMatchObject({ code: "CLIENT_MISUSED" });
      await using controlled = func(({ db }) => db.startTransaction());
      await expect(call(controlled)).rejects.toMatchObject({ code: "CLIENT_MISUSED" });
    });
  });
});

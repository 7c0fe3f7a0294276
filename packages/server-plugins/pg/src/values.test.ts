import { inspect } from "node:util";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { describeDatabases } from "./test-support/describe-databases.ts";

const DATE = new Date("2026-03-29T01:30:00.123Z");

describeDatabases((test) => {
  const read = async (expression: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(test.database.db);
    return rows[0]!.value;
  };

  describe("a value that is read", () => {
    it.each<[string, unknown]>([
      ["true", true],
      ["1::int2", 1],
      ["1::int4", 1],
      ["9007199254740993::int8", "9007199254740993"],
      ["count(*)", "1"],
      ["1.50::numeric", "1.50"],
      ["1.5::float8", 1.5],
      ["'a'::text", "a"],
      ["'a'::varchar", "a"],
      ["'2026-03-29 01:30:00.123Z'::timestamptz", DATE],
      ["'2026-03-29 12:00:00'::timestamp", new Date(2026, 2, 29, 12)],
      ["'2026-03-29'::date", new Date(2026, 2, 29)],
      ["'infinity'::timestamptz", Number.POSITIVE_INFINITY],
      [`'{"a": [1, null]}'::json`, { a: [1, null] }],
      [`'{"a": 9007199254740993}'::jsonb`, { a: 9007199254740992 }],
      ["'null'::jsonb", null],
      ["'\\x0001ff'::bytea", Buffer.from([0, 1, 255])],
      ["'{1,2}'::int4[]", [1, 2]],
      [
        "'{{1,2},{3,4}}'::int4[]",
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ["'{9007199254740993}'::int8[]", ["9007199254740993"]],
      [`'{a,NULL,"b,c"}'::text[]`, ["a", null, "b,c"]],
      ["'{t,f}'::bool[]", [true, false]],
      [`array['{"a":1}']::jsonb[]`, [{ a: 1 }]],
      ["'d9428888-122b-11e1-b85c-61cd3cbb3210'::uuid", "d9428888-122b-11e1-b85c-61cd3cbb3210"],
      ["'12:30:00'::time", "12:30:00"],
      ["'(1,2)'::point", { x: 1, y: 2 }],
      ["'192.0.2.0/24'::cidr", "192.0.2.0/24"],
      ["null::text", null],
    ])("is the same from both databases: %s", async (text, expected) => {
      expect(await read(sql.raw(text))).toEqual(expected);
    });

    it("is the same for types of one's own", async () => {
      await sql`create type mood as enum ('sad', 'glad')`.execute(test.database.db);
      expect(await read(sql`'glad'::mood`)).toBe("glad");
      expect(await read(sql`'1 day 2 hours'::interval`)).toMatchObject({ days: 1, hours: 2 });
    });
  });

  describe("a value that is given", () => {
    it.each<[string, unknown, string, unknown]>([
      ["a number", 1.5, "numeric", "1.5"],
      ["a number for a text", 5, "text", "5"],
      ["a text for a number", "5", "int4", 5],
      ["a bigint", 9007199254740993n, "int8", "9007199254740993"],
      ["true", true, "bool", true],
      ["a text for a truth", "yes", "bool", true],
      ["a date", DATE, "timestamptz", DATE],
      ["a date without a time zone", DATE, "timestamp", DATE],
      ["an object", { a: 1 }, "jsonb", { a: 1 }],
      ["a text that is JSON", '{"a":1}', "jsonb", { a: 1 }],
      ["a list of numbers", [1, 2], "int4[]", [1, 2]],
      ["a list of texts", ['a"b', "c\\d", "e,f", null, ""], "text[]", ['a"b', "c\\d", "e,f", null, ""]],
      ["a list of lists", [[1], [2]], "int4[]", [[1], [2]]],
      ["a list of objects", [{ a: '"' }], "jsonb[]", [{ a: '"' }]],
      ["a list of bytes", [Buffer.from([1])], "bytea[]", [Buffer.from([1])]],
      ["bytes", new Uint8Array([0, 255]), "bytea", Buffer.from([0, 255])],
      ["bytes as text", "\\x00ff", "bytea", Buffer.from([0, 255])],
      ["null", null, "int4", null],
      ["nothing", undefined, "int4", null],
    ])("is taken alike by both databases: %s", async (_, value, type, expected) => {
      expect(await read(sql`${value}::${sql.raw(type)}`)).toEqual(expected);
    });

    it("is refused alike by both databases", async () => {
      await expect(read(sql`${"x"}::int4`)).rejects.toMatchObject({ code: "22P02" });
      // An array is an array, also where JSON was meant: it is for the caller to make it text.
      await expect(read(sql`${[{ a: 1 }]}::jsonb`)).rejects.toMatchObject({ code: "22P02" });
    });
  });

  it("tells how many rows a statement has changed", async () => {
    const { db } = test.database;
    await sql`create table counted (id int)`.execute(db);
    const inserted = await sql`insert into counted values (1), (2)`.execute(db);
    const updated = await sql`update counted set id = ${3} where id = ${1}`.execute(db);
    const none = await sql`delete from counted where id = ${9}`.execute(db);
    expect([inserted, updated, none].map(({ numAffectedRows }) => numAffectedRows)).toEqual([2n, 1n, 0n]);
  });

  it("B-71: a value of a statement that fails is nowhere in its error, which is logged", async () => {
    const error: unknown = await sql`select ${"hunter2"}::text, 1 / ${0}::int4`
      .execute(test.database.db)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "22012" });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain("hunter2");
  });
});

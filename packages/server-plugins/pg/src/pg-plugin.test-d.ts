import { defineApi, type InvokeData, type Plugin, type PluginClass } from "@x/server";
import type { Generated, Kysely } from "kysely";
import { describe, expectTypeOf, it } from "vitest";
import DefaultExport, {
  type Database,
  type DatabaseClient,
  getClient,
  openDatabase,
  type PgConfig,
  PgPlugin,
  type Tables as ProjectTables,
} from "./index.ts";

declare module "./types.ts" {
  interface Tables {
    orders: { id: Generated<number>; product: string };
  }
}

describe("PgPlugin", () => {
  it("is a class as faas.yaml names it, by default and by name", () => {
    expectTypeOf(PgPlugin).toExtend<PluginClass>();
    expectTypeOf(DefaultExport).toEqualTypeOf(PgPlugin);
    expectTypeOf<PgPlugin>().toExtend<Plugin>();
  });

  it("types data.db by the tables of the project", () => {
    defineApi({
      handler: async ({ db }) => {
        expectTypeOf(db).toEqualTypeOf<DatabaseClient>();
        const orders = await db.selectFrom("orders").select(["id", "product"]).execute();
        expectTypeOf(orders).toEqualTypeOf<{ id: number; product: string }[]>();
        // @ts-expect-error There is no such table.
        db.selectFrom("order");
        // @ts-expect-error There is no such column.
        db.selectFrom("orders").select("price");
      },
    });
    expectTypeOf<InvokeData["db"]>().toEqualTypeOf<Kysely<ProjectTables>>();
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error A misspelt option.
    void new PgPlugin({ config: { ulr: "postgres://localhost/a" } });
    // @ts-expect-error There is no such level.
    expectTypeOf<{ isolation: "snapshot" }>().toExtend<PgConfig>();
  });
});

describe("getClient and openDatabase", () => {
  it("give the same client as data.db", () => {
    expectTypeOf(getClient).toEqualTypeOf<(name?: string) => DatabaseClient>();
    expectTypeOf(openDatabase).returns.toEqualTypeOf<Promise<Database>>();
    expectTypeOf<Database["db"]>().toEqualTypeOf<DatabaseClient>();
  });
});

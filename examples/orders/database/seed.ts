import type { DatabaseClient } from "@x/server-pg";
import { hashPassword } from "./password.ts";
import { createRandom, type Random } from "./random.ts";
import { toSeedOrder } from "./seed-order.ts";
import { CITIES, FIRST_NAMES, LAST_NAMES, SEED_PASSWORD, SEED_SHOPS, type SeedShop } from "./seed-words.ts";

/** How many rows one statement inserts: Postgres takes 65,535 values at most. */
const ROWS_AT_ONCE = 500;

/** Fills empty tables with two shops. The same `until` gives the same rows; the latest order was placed just before it. */
export async function seed(db: DatabaseClient, until: Date): Promise<void> {
  const random = createRandom(20_261_121);
  for (const shop of SEED_SHOPS) await seedShop(db, shop, until, random);
}

async function seedShop(db: DatabaseClient, shop: SeedShop, until: Date, random: Random): Promise<void> {
  await db.insertInto("tenants").values({ id: shop.id, name: shop.name }).execute();
  for (const [name, email, role] of shop.staff) {
    const salt = Buffer.from(Array.from({ length: 16 }, () => random.between(0, 255)));
    const password_hash = await hashPassword(SEED_PASSWORD, salt);
    await db.insertInto("staff").values({ tenant_id: shop.id, name, email, role, password_hash }).execute();
  }
  const customers = await db
    .insertInto("customers")
    .values(Array.from({ length: shop.customers }, () => toCustomer(shop.id, random)))
    .returning(["id"])
    .execute();
  const products = await db
    .insertInto("products")
    .values(
      shop.products.map(([sku, name, price_cents]) => {
        // Some are nearly sold out, so that the report has something to warn of.
        const stock = random.between(0, 4) === 0 ? random.between(0, 4) : random.between(20, 180);
        return { tenant_id: shop.id, sku, name, price_cents, stock };
      }),
    )
    .returning(["id", "price_cents"])
    .execute();

  const staffNames = shop.staff.map(([name]) => name);
  const orders = Array.from({ length: shop.orders }, (_, index) =>
    toSeedOrder({ shop, customers, products, staffNames, age: shop.orders - index, until, random }),
  );
  const ids: number[] = [];
  for (const batch of batches(orders)) {
    const inserted = await db
      .insertInto("orders")
      .values(batch.map(({ order }) => order))
      .returning("id")
      .execute();
    ids.push(...inserted.map(({ id }) => id));
  }
  const lines = orders.flatMap((order, index) =>
    order.lines.map((line) => ({ ...line, order_id: ids[index]! })),
  );
  for (const batch of batches(lines)) await db.insertInto("order_lines").values(batch).execute();
  const events = orders.flatMap((order, index) =>
    order.events.map((event) => ({ ...event, order_id: ids[index]!, tenant_id: shop.id })),
  );
  const inOrder = events.toSorted((a, b) => a.happened_at.getTime() - b.happened_at.getTime());
  for (const batch of batches(inOrder)) await db.insertInto("order_events").values(batch).execute();
}

function toCustomer(tenant_id: string, random: Random) {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const plain = `${first}.${last}`.normalize("NFD").replaceAll(/[^\w.]/g, "");
  const email = `${plain.toLowerCase()}${random.between(1, 99)}@mail.example`;
  return { tenant_id, name: `${first} ${last}`, email, city: random.pick(CITIES) };
}

function* batches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    yield rows.slice(start, start + ROWS_AT_ONCE);
}

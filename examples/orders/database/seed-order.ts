import type { Random } from "./random.ts";
import { NOTES, type SeedShop } from "./seed-words.ts";
import type { NewOrder, OrderEventKind, OrderStatus } from "./tables.ts";

const HOUR_MS = 3_600_000;
/** The way of an order that nothing comes in between of. */
const WAY: readonly OrderStatus[] = ["new", "packed", "shipped", "delivered"];

interface SeedOrderOptions {
  readonly shop: SeedShop;
  readonly customers: readonly { readonly id: number }[];
  readonly products: readonly { readonly id: number; readonly price_cents: number }[];
  readonly staffNames: readonly string[];
  /** How many orders were placed since, this one included. */
  readonly age: number;
  readonly until: Date;
  readonly random: Random;
}

interface SeedOrder {
  readonly order: NewOrder & { placed_at: Date };
  readonly lines: { product_id: number; quantity: number; unit_cents: number }[];
  readonly events: { kind: OrderEventKind; detail: string; staff_name: string; happened_at: Date }[];
}

/** Makes up one order: the older, the further it has come. */
export function toSeedOrder(options: SeedOrderOptions): SeedOrder {
  const { shop, customers, products, staffNames, age, until, random } = options;
  const placedAt = new Date(until.getTime() - age * 1.5 * HOUR_MS + random.between(0, 60) * 60_000);
  const chosen = new Set(Array.from({ length: random.between(1, 4) }, () => random.pick(products)));
  const lines = [...chosen].map(({ id, price_cents }) => {
    const quantity = random.between(0, 5) === 0 ? random.between(4, 12) : random.between(1, 3);
    return { product_id: id, quantity, unit_cents: price_cents };
  });
  const status = toStatus(age, random);
  const passed = status === "cancelled" ? ["new", "cancelled"] : WAY.slice(0, WAY.indexOf(status) + 1);
  const events = passed.map((detail, index) => ({
    kind: index === 0 ? ("created" as const) : ("status" as const),
    detail,
    staff_name: random.pick(staffNames),
    happened_at: new Date(
      Math.min(placedAt.getTime() + index * random.between(2, 20) * HOUR_MS, until.getTime()),
    ),
  }));
  const order = {
    tenant_id: shop.id,
    customer_id: random.pick(customers).id,
    status,
    note: random.between(0, 7) === 0 ? random.pick(NOTES) : "",
    total_cents: lines.reduce((sum, { quantity, unit_cents }) => sum + quantity * unit_cents, 0),
    version: passed.length,
    placed_at: placedAt,
  };
  return { order, lines, events };
}

function toStatus(age: number, random: Random): OrderStatus {
  if (random.between(1, 25) === 1) return "cancelled";
  if (age <= 14) return "new";
  if (age <= 40) return random.pick(["new", "packed", "packed"]);
  if (age <= 100) return random.pick(["packed", "shipped", "shipped", "delivered"]);
  return random.between(1, 40) === 1 ? "shipped" : "delivered";
}

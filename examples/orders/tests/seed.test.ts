import { expect, it } from "vitest";
import { createRandom } from "../database/random.ts";
import { SEED_SHOPS } from "../database/seed-words.ts";
import { toSeedOrder } from "../database/seed-order.ts";

const until = new Date("2026-11-21T12:00:00Z");
const products = [
  { id: 1, price_cents: 500 },
  { id: 2, price_cents: 750 },
];

function makeOrders(seed: number) {
  const random = createRandom(seed);
  const shared = {
    shop: SEED_SHOPS[0]!,
    customers: [{ id: 1 }, { id: 2 }],
    products,
    staffNames: ["Ada"],
    until,
  };
  return Array.from({ length: 200 }, (_, index) => toSeedOrder({ ...shared, random, age: index + 1 }));
}

it("makes up the same orders each time, and others from another seed", () => {
  expect(makeOrders(1)).toEqual(makeOrders(1));
  expect(makeOrders(1)).not.toEqual(makeOrders(2));
});

it("makes up orders that add up, and that nothing has happened to after the latest day", () => {
  for (const { order, lines, events } of makeOrders(1)) {
    expect(order.total_cents).toBe(lines.reduce((sum, line) => sum + line.quantity * line.unit_cents, 0));
    expect(events.at(-1)!.detail).toBe(order.status);
    expect(events.every(({ happened_at }) => happened_at <= until)).toBe(true);
  }
});

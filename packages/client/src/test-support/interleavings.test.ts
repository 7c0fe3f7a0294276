import { expect, it } from "vitest";
import { choices, interleavings } from "./interleavings.ts";

it("every order is there, once", () => {
  const orders = [...interleavings([["a1", "a2"], ["b"]])].map((steps) => steps.join(" "));
  expect(orders).toEqual(["a1 a2 b", "a1 b a2", "b a1 a2"]);
});

it.each([
  [[2, 2], 6],
  [[2, 2, 1], 30],
  [[2, 2, 2], 90],
  [[0, 3], 1],
])("actors of %j steps have %i orders", (lengths, count) => {
  const actors = lengths.map((length, actor) => Array.from({ length }, (_, step) => `${actor}.${step}`));
  const orders = [...interleavings(actors)];
  expect(orders).toHaveLength(count);
  expect(new Set(orders.map(String)).size).toBe(count);
  for (const order of orders) {
    for (const steps of actors) expect(order.filter((step) => steps.includes(step))).toEqual(steps);
  }
});

it("every choice is there, once", () => {
  expect([...choices(["x", "y"], 2)]).toEqual([
    ["x", "x"],
    ["x", "y"],
    ["y", "y"],
  ]);
});

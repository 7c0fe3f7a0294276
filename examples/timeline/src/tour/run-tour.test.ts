import { silentLogger } from "@x/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainPaint } from "../paint.ts";
import { startShop } from "../start-shop.ts";
import type { TimelineStep } from "../timeline-step.ts";
import { playScene, SCENES } from "./run-tour.ts";
import type { Scene } from "./scene.ts";

const MAX_COLUMNS = 100;

const steps: TimelineStep[] = [];
let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  shop = await startShop({ logger: silentLogger, onStep: (step) => steps.push(step) });
});
afterAll(() => shop.server.close());

const play = (scene: Scene) => playScene(scene, shop.server.url, steps, plainPaint);

describe.each(SCENES)("$title", (scene) => {
  it("shows what it says, within the columns of a terminal", async () => {
    const { text, findings } = await play(scene);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
    expect(text.split("\n").filter((line) => line.length > MAX_COLUMNS)).toEqual([]);
    for (const side of ["client", "server"])
      expect(text).toMatch(new RegExp(`^  ${side} .*│.*[▂▄▆█].*│ +\\d+\\.\\d ms`, "m"));
  });
});

it("says what did not come out as it should", async () => {
  const { text, findings } = await play({
    title: "A read of nothing",
    look: "there is no such path",
    async play({ client }) {
      const { status } = await client.get("orders/list", { query: { product: "milk" } });
      return [{ says: "it was not found", holds: status === 404 }];
    },
  });
  expect(findings).toEqual([{ says: "it was not found", holds: false }]);
  expect(text).toMatch(/^ {2}✗ it was not found$/m);
});

it("draws nothing of what others do, and nothing from before the scene begins", async () => {
  const { text } = await play({
    title: "Others",
    look: "the second read alone",
    async play({ client, createOther, begin }) {
      await client.get("supplier/price", { query: { product: "tea" }, retries: 0 });
      begin();
      await createOther().get("orders/list");
      await client.get("orders/list");
      return [];
    },
  });
  expect(text).toMatch(/server handler .*ms {2}made the response$/m);
  expect(text).not.toContain("2 ×");
});

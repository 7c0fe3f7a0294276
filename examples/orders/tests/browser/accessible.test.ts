import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { MANAGER, startTestDesk, type TestDesk } from "../start-test-desk.ts";
import { hasChromium, inChromium } from "./launch-browser.ts";
import { openBrowser, visit } from "./visit.ts";

interface Axe {
  run(options: RunOptions): Promise<AxeResults>;
}

const WIDTHS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const PLACES: readonly (readonly [name: string, path: string, go: (page: Page) => Promise<unknown>])[] = [
  ["the list", "/", (page) => page.locator(".order-row").first().waitFor()],
  ["an order", "/orders/2390", (page) => page.getByRole("heading", { name: "History" }).waitFor()],
  [
    "a new order",
    "/new",
    async (page) => {
      await page.getByLabel("Name").fill("ada");
      await page.locator(".found button").first().waitFor();
    },
  ],
  ["the office", "/office", (page) => page.getByRole("heading", { name: "Staff" }).waitFor()],
];

describe.skipIf(!hasChromium)(`axe${inChromium}`, () => {
  let desk: TestDesk;
  let browser: Browser;
  let axe: string;
  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    desk = await startTestDesk({ pageFolder: inject("pageFolder") });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  /** What it finds that is not minor, as rule and places. Without rules it asks for all. */
  async function findFaults(page: Page, rules?: string[]): Promise<string[]> {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(
      (options) => (globalThis as unknown as { axe: Axe }).axe.run(options),
      { ...(rules && { runOnly: rules }) },
    );
    return violations
      .filter(({ impact }) => impact !== "minor")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }

  it.each([
    { colorScheme: "light" as const, rules: undefined },
    // All else is the same.
    { colorScheme: "dark" as const, rules: ["color-contrast"] },
  ])(
    "finds nothing serious in $colorScheme colours, on a desktop and on a phone",
    async ({ colorScheme, rules }) => {
      const context = await browser.newContext({ colorScheme });
      const outside = await context.newPage();
      await outside.goto(desk.url);
      await outside.getByLabel("Email").waitFor();
      expect(await findFaults(outside, rules)).toEqual([]);
      await context.close();

      const page = await visit(browser, desk, MANAGER, "/", { colorScheme });
      for (const [name, path, go] of PLACES) {
        await page.goto(desk.url + path);
        await go(page);
        for (const [device, viewport] of Object.entries(WIDTHS)) {
          await page.setViewportSize(viewport);
          expect([name, device, await findFaults(page, rules)]).toEqual([name, device, []]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect([name, device, "wider than the window", overflow > 0]).toEqual([
            name,
            device,
            "wider than the window",
            false,
          ]);
        }
      }
      await page.getByRole("button", { name: "Requests" }).click();
      expect(await findFaults(page, rules)).toEqual([]);
      await page.context().close();
    },
  );
});

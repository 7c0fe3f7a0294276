import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { MANAGER, startTestDesk, type TestDesk } from "../start-test-desk.ts";
import { hasChromium, inChromium, openBrowser, visit } from "./visit.ts";

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

  /** What it finds that is not minor, as rule and places. */
  async function findFaults(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return violations
      .filter(({ impact }) => impact !== "minor")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }

  it.each(["light", "dark"] as const)(
    "finds nothing serious in %s colours, on a desktop and on a phone",
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme });
      const outside = await context.newPage();
      await outside.goto(desk.url);
      await outside.getByLabel("Email").waitFor();
      expect(await findFaults(outside)).toEqual([]);
      await context.close();

      const page = await visit(browser, desk, MANAGER, "/", { colorScheme });
      for (const [name, path, go] of PLACES) {
        await page.goto(desk.url + path);
        await go(page);
        for (const [device, viewport] of Object.entries(WIDTHS)) {
          await page.setViewportSize(viewport);
          expect([name, device, await findFaults(page)]).toEqual([name, device, []]);
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
      expect(await findFaults(page)).toEqual([]);
      await page.context().close();
    },
  );
});

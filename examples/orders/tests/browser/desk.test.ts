import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { CLERK, MANAGER, startTestDesk, type TestDesk } from "../start-test-desk.ts";
import { hold } from "./hold.ts";
import { hasChromium, inChromium } from "./launch-browser.ts";
import { openBrowser, visit } from "./visit.ts";

describe.skipIf(!hasChromium)(`the desk in a browser${inChromium}`, () => {
  let desk: TestDesk;
  let browser: Browser;
  beforeAll(async () => {
    desk = await startTestDesk({ pageFolder: inject("pageFolder") });
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it("searches as one types, asks once, and keeps what is looked for in the address", async () => {
    const page = await visit(browser, desk, CLERK);
    await page.locator(".order-row").first().waitFor();
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("search=") && asked.push(request.url()));
    await page.keyboard.press("/");
    await page.keyboard.type("moreau", { delay: 30 });
    await expect
      .poll(() => page.locator(".orders-list:not([data-old]) .customer").first().textContent())
      .toContain("Moreau");
    expect(asked.map((url) => new URL(url).searchParams.get("search"))).toEqual(["moreau"]);
    expect(new URL(page.url()).search).toBe("?search=moreau");

    await page.getByRole("button", { name: "Delivered" }).click();
    await page.locator(".order-row").first().click();
    await page.getByRole("heading", { name: /^Order \d+$/ }).waitFor();
    await page.goBack();
    expect(await page.getByLabel("Search orders").inputValue()).toBe("moreau");
    await page.reload();
    await expect.poll(() => page.locator(".customer").first().textContent()).toContain("Moreau");
    expect(await page.getByRole("button", { name: "Delivered" }).getAttribute("aria-pressed")).toBe("true");
  });

  it("says so when nothing fits, and leads back", async () => {
    const page = await visit(browser, desk, CLERK, "/?search=zzzz");
    await page.getByText("No order fits").waitFor();
    await page.getByRole("button", { name: "Show all orders" }).click();
    await page.locator(".order-row").first().waitFor();
    expect(await page.getByLabel("Search orders").inputValue()).toBe("");
  });

  it("goes on as far as one scrolls", async () => {
    const page = await visit(browser, desk, CLERK);
    await expect.poll(() => page.locator(".order-row").count()).toBe(30);
    await page.mouse.wheel(0, 4_000);
    await expect.poll(() => page.locator(".order-row").count()).toBeGreaterThan(30);
  });

  it("shows a change before the server has confirmed it, here and in the list", async () => {
    const page = await visit(browser, desk, CLERK, "/?status=new");
    await page.locator(".order-row").first().click();
    const { release } = await hold(page, "**/orders/change-status");
    await page.getByRole("button", { name: "Mark as packed" }).click();
    await page.locator(".heading .pill", { hasText: "Packed" }).waitFor();
    release();
    await page.getByText("It is packed").waitFor();
    await page.getByRole("button", { name: "Mark as shipped" }).waitFor();
  });

  it("takes a new order, and says what there is too little of with a way out", async () => {
    const page = await visit(browser, desk, CLERK, "/new");
    await page.getByLabel("Name").fill("ada");
    await page.locator(".found button").first().click();
    const scarce = page.locator("option", { hasText: / · [1-9] left/ }).first();
    await page.getByLabel("Product", { exact: true }).selectOption((await scarce.getAttribute("value"))!);
    await page.getByLabel("Quantity").fill("50");
    await page.getByRole("button", { name: "Place order" }).click();
    await page.getByText(/There are \d left of/).waitFor();
    await page.getByRole("button", { name: /^Take \d$/ }).click();
    await page.getByRole("button", { name: "Place order" }).click();
    await page.getByRole("heading", { name: /^Order \d+$/ }).waitFor();
    await page.getByText(/Order \d+ is placed/).waitFor();
  });

  it("sends files, tells how far they are, and says which were refused", async () => {
    const page = await visit(browser, desk, CLERK, "/orders/1500");
    const { release } = await hold(page, "**/attachments/add");
    await page.getByLabel("Add files").setInputFiles([
      { name: "invoice.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(300_000) },
      { name: "film.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(5_200_000) },
    ]);
    await page.getByRole("progressbar", { name: "Sending invoice.pdf" }).waitFor();
    release();
    await page.getByText("invoice.pdf is with order 1500").waitFor();
    await page.getByRole("button", { name: "invoice.pdf" }).waitFor();
    await page.locator(".files .fault").waitFor();
    expect(await page.locator(".files .fault").textContent()).toContain("5000000");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "invoice.pdf" }).click();
    expect((await download).suggestedFilename()).toBe("invoice.pdf");
  });

  it("shows managers the office and the server's steps, and clerks neither", async () => {
    const manager = await visit(browser, desk, MANAGER, "/office");
    await manager.getByRole("heading", { name: "Revenue by day" }).waitFor();
    await manager.getByText(/^Report of \d/).waitFor();
    await expect.poll(() => manager.locator('.bars li[data-side="server"]').count()).toBeGreaterThan(0);

    const clerk = await visit(browser, desk, CLERK, "/office");
    await clerk.getByText("This part is for managers").waitFor();
    expect(await clerk.getByRole("link", { name: "Office" }).count()).toBe(0);
    expect(await clerk.locator('.bars li[data-side="client"]').count()).toBeGreaterThan(0);
    expect(await clerk.locator('.bars li[data-side="server"]').count()).toBe(0);
  });

  it("exports all orders, tells how far that is, and gives the file", async () => {
    const page = await visit(browser, desk, MANAGER, "/office");
    const { release } = await hold(page, "**/jobs/progress*");
    await page.getByRole("button", { name: "Export all orders" }).click();
    await page.getByRole("progressbar", { name: "Exporting orders" }).waitFor();
    release();
    const button = page.getByRole("button", { name: "Download orders.csv" });
    await button.waitFor();
    await page.getByText(/^\d+ orders$/).waitFor();
    const download = page.waitForEvent("download");
    await button.click();
    expect((await download).suggestedFilename()).toBe("orders.csv");
    await page.getByRole("button", { name: "Export again" }).click();
    await button.waitFor();
  });

  it("is all there for the keyboard", async () => {
    const page = await visit(browser, desk, CLERK);
    await page.locator(".order-row").first().waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("New order");
    await page.locator(".order-row").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Order \d+$/ }).waitFor();
  });
});

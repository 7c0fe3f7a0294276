import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { CLERK, MANAGER, startTestDesk, type TestDesk } from "../start-test-desk.ts";
import { hold } from "./hold.ts";
import { hasChromium, inChromium } from "./launch-browser.ts";
import { openBrowser, signIn, visit } from "./visit.ts";

describe.skipIf(!hasChromium)(`when things go wrong${inChromium}`, () => {
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

  it("B-36: keeps what it knows while the server is down, takes back what did not arrive, and comes back by itself", async () => {
    const page = await visit(browser, desk, CLERK, "/?status=new");
    await page.locator(".order-row").first().click();
    await page.getByRole("button", { name: "Mark as packed" }).waitFor();
    await desk.stop();
    await page.getByText("Not live").waitFor();
    const { release } = await hold(page, "**/orders/change-status");
    await page.getByRole("button", { name: "Mark as packed" }).click();
    await page.locator(".heading .pill", { hasText: "Packed" }).waitFor();
    release();
    await page.getByText(/is still new/).waitFor();
    await page.locator(".heading .pill", { hasText: "New" }).waitFor();

    await desk.start();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Mark as packed" }).click();
    await page.getByText("It is packed").waitFor();
  });

  it("says that the desk cannot be reached, and is there at the press of a button once it can", async () => {
    const page = await visit(browser, desk, CLERK);
    await page.route("**/orders/detail*", (route) => route.abort("connectionrefused"));
    await page.locator(".order-row").first().click();
    await page.getByText("The desk cannot be reached").waitFor();
    await page.unroute("**/orders/detail*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "History" }).waitFor();
  });

  it("shows that it waits when the server is slow, and sends nothing twice", async () => {
    const page = await visit(browser, desk, CLERK, "/orders/1700");
    await page
      .getByRole("button", { name: "Add a note" })
      .or(page.getByRole("button", { name: "Edit" }))
      .click();
    await page.getByRole("textbox", { name: "Note" }).fill("Slowly.");
    const { release, held } = await hold(page, "**/orders/edit-note");
    await page.getByRole("button", { name: "Save note" }).click();
    await page.getByRole("button", { name: "Saving…" }).waitFor();
    expect(await page.getByRole("button", { name: "Saving…" }).isDisabled()).toBe(true);
    release();
    await page.getByText("The note is saved.").waitFor();
    expect(held).toHaveLength(1);
  });

  it("B-46: gets a new token once when the old one is no good any more, and nobody notices", async () => {
    const page = await visit(browser, desk, MANAGER);
    await page.locator(".order-row").first().waitFor();
    const refreshes: string[] = [];
    page.on(
      "request",
      (request) => request.url().endsWith("/session/refresh") && refreshes.push(request.url()),
    );
    await desk.stop();
    await desk.start({ authSecret: "b".repeat(32) });
    await page.getByRole("link", { name: "Office" }).click();
    await page.getByRole("heading", { name: "Revenue by day" }).waitFor();
    expect(refreshes).toHaveLength(1);
  });

  it("asks to sign in again when the session is over, and goes on where it was", async () => {
    const page = await visit(browser, desk, CLERK, "/orders/1700");
    await page.getByRole("heading", { name: "History" }).waitFor();
    await desk.stop();
    await desk.start({ authSecret: "c".repeat(32), sessionSecret: "t".repeat(32) });
    // Nobody has to press anything: the live feed finds it out.
    await page.getByRole("heading", { name: "Order desk" }).waitFor();
    expect(await page.getByRole("heading", { name: "History" }).count()).toBe(0);
    await signIn(page, CLERK);
    await page.getByRole("heading", { name: "Order 1700" }).waitFor();
  });

  it("shows both notes when two people write one, and lets the second decide", async () => {
    const [maya, tom] = await Promise.all([
      visit(browser, desk, MANAGER, "/orders/1700"),
      visit(browser, desk, CLERK, "/orders/1700"),
    ]);
    const write = async (page: typeof maya, text: string) => {
      await page.getByRole("button", { name: /^(Add a note|Edit)$/ }).click();
      await page.getByRole("textbox", { name: "Note" }).fill(text);
    };
    await write(maya, "Maya's words");
    await write(tom, "Tom's words");
    await tom.getByRole("button", { name: "Save note" }).click();
    await tom.getByText("The note is saved.").waitFor();
    await maya.getByRole("button", { name: "Save note" }).click();

    const alert = maya.getByRole("alert");
    await alert.getByText("Tom Okafor has changed this order").waitFor();
    expect(await alert.locator("blockquote").allTextContents()).toEqual(["Tom's words", "Maya's words"]);
    await maya.getByRole("button", { name: "Save mine" }).click();
    await maya.locator("p", { hasText: "Maya's words" }).waitFor();
    await tom.locator("p", { hasText: "Maya's words" }).waitFor();
  });

  it("saves a note that nobody else has touched, whatever else of the order has changed", async () => {
    const page = await visit(browser, desk, CLERK, "/orders/2385");
    await page.getByRole("button", { name: /^(Add a note|Edit)$/ }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("Leave it at the door.");
    await page.getByRole("button", { name: /^Mark as/ }).click();
    await page
      .getByText(/^It is (packed|shipped|delivered)/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Save note" }).click();
    await page.getByText("The note is saved.").waitFor();
  });

  it("tells who was faster when two people take one order on, and shows what it is now", async () => {
    const [maya, tom] = await Promise.all([
      visit(browser, desk, MANAGER, "/orders/2390"),
      visit(browser, desk, CLERK, "/orders/2390"),
    ]);
    await tom.getByRole("button", { name: "Mark as packed" }).waitFor();
    // Tom's page hears nothing, as with a connection that was just lost.
    await tom.route("**/orders/feed*", (route) => route.abort());
    await tom.route("**/orders/detail*", (route) => route.abort());
    await maya.getByRole("button", { name: "Cancel order" }).click();
    await maya.getByText("It is cancelled").waitFor();
    await tom.unroute("**/orders/detail*");
    const button = tom.getByRole("button", { name: "Mark as packed" });
    if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => {});
    await tom.locator(".heading .pill", { hasText: "Cancelled" }).waitFor();
  });

  it("is one desk in two tabs: changes and signing out reach the other", async () => {
    const first = await visit(browser, desk, CLERK, "/?status=new");
    await first.locator(".order-row", { hasText: "2387" }).waitFor();
    const second = await first.context().newPage();
    await second.goto(`${desk.url}/orders/2387`);
    await second.getByRole("button", { name: "Mark as packed" }).click();
    await second.getByText("It is packed").waitFor();
    await expect.poll(() => first.locator(".order-row", { hasText: "2387" }).count()).toBe(0);

    await second.getByRole("button", { name: "Sign out" }).click();
    await first.getByRole("heading", { name: "Order desk" }).waitFor();
    await first.reload();
    await first.getByRole("heading", { name: "Order desk" }).waitFor();
  });
});

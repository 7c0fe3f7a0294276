import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";
import { SEED_PASSWORD } from "../../database/seed-words.ts";
import type { TestDesk } from "../start-test-desk.ts";

/** Joins the browser of all tests. To close it closes what was opened through it. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject("browserUrl")!);
}

/** Opens the page in a browser profile of its own, and signs in. What the page throws fails the test. */
export async function visit(
  browser: Browser,
  desk: TestDesk,
  email: string,
  path = "/",
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(desk.url + path);
  await signIn(page, email);
  return page;
}

/** Fills in the form. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(SEED_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}
